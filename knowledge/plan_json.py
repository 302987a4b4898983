"""A plan in the shape of the outer contract (`extract --json`)."""

from datetime import date
from typing import Any

from core.work import Head, Obligation, Plan


def contract_json(plan: Plan) -> dict[str, Any]:
    """One object: source_file, document, obligations, warnings; dates as YYYY-MM-DD, None where nothing is said."""
    return {
        "source_file": plan.source_file,
        "document": _document(plan.head),
        "obligations": [_obligation(task) for task in plan.obligations],
        "warnings": [{"line": doubt.line, "message": doubt.message} for doubt in plan.doubts],
    }


def _document(head: Head) -> dict[str, Any]:
    return {
        "doc_type": head.doc_type,
        "number": head.number,
        "number_as_written": head.number_as_written,
        "number_blank": head.number_blank,
        "issuing_body": head.issuing_body,
        "level": head.level,
        "province": head.province,
        "district": head.district,
        "place": head.place,
        "date": _iso(head.date),
        "date_as_written": head.date_as_written,
        "date_precision": head.date_precision,
        "date_month": head.date_month,
        "title": head.title,
        "school_year": head.school_year,
        "addressees": list(head.addressees),
        "replaces": list(head.replaces),
        "cites": list(head.cites),
        "contacts": [{"kind": contact.kind, "value": contact.value} for contact in head.contacts],
        "signer": head.signer,
        "signer_title": head.signer_title,
    }


def _obligation(task: Obligation) -> dict[str, Any]:
    return {
        "line": task.line,
        "section": task.section or None,
        "row": task.row or None,
        "snippet": task.snippet,
        "task": task.task,
        "kind": task.kind,
        "months": list(task.months),
        "start": _iso(task.start),
        "due": _iso(task.due),
        "due_rule": task.rule,
        "time": task.time,
        "recurrence": task.recurrence,
        "from_unit_level": task.from_level,
        "from_explicit": task.from_explicit,
        "to_unit_level": task.to_level,
        "channel": task.channel,
        "deliverable": task.deliverable,
        "status": task.status,
        "note": task.note,
        "ownership": list(task.ownership),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
