"""Finds the faces in a picture, where a runtime for the model is installed (the extra `faces`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PIL import Image

_MODEL = Path(__file__).parent / "models" / "centerface.onnx"  # its origin and licence stand beside it
_LOOKS = ((1600, 0), (640, 0), (960, 90), (960, 270))  # pixels of the longer side, degrees: children lie down to sleep
_TURNS = {90: Image.Transpose.ROTATE_90, 270: Image.Transpose.ROTATE_270}
_SURE = 0.15  # of 1; the model's authors take 0.5, but a face that is missed is worse than a ball that is covered
_STEP, _WHOLE = 4, 32  # pixels: of a point of the answer, and what sides must be a multiple of


@dataclass(frozen=True, slots=True)
class Box:
    """Where a face is, in pixels of the picture."""

    left: float
    top: float
    right: float
    bottom: float


def installed() -> bool:
    """Whether faces can be looked for here."""
    return find_spec("onnxruntime") is not None


def faces(picture: Image.Image) -> list[Box]:
    """Each face that is seen, often several times over; `picture` is RGB. Raises ImportError where not `installed`."""
    model = _opened()
    found = []
    for side, degrees in _LOOKS:
        scale = min(1.0, side / max(picture.size))
        width, height = (max(1, round(length * scale)) for length in picture.size)
        small = picture.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2.0)
        turned = small.transpose(_TURNS[degrees]) if degrees else small
        found += [_as_it_was(box, degrees, width, height, scale) for box in _seen(model, turned)]
    return found


def _opened() -> Any:
    """One thread, no more memory than is needed."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.log_severity_level = 3  # errors; what comes out is larger than the model says
    return onnxruntime.InferenceSession(_MODEL.read_bytes(), options, providers=["CPUExecutionProvider"])


def _seen(model: Any, picture: Image.Image) -> Iterator[Box]:
    """For every fourth pixel across and down the model says how sure it is, and how large and where a face is."""
    import numpy

    width, height = (-(-length // _WHOLE) * _WHOLE for length in picture.size)
    whole = Image.new("RGB", (width, height))
    whole.paste(picture)
    points = numpy.asarray(whole, numpy.float32).transpose(2, 0, 1)[None]
    sure, size, offset, _ = model.run(None, {"input.1": points})
    for y, x in numpy.argwhere(sure[0, 0] > _SURE).tolist():
        high, wide = (numpy.exp(size[0, :, y, x]) * _STEP / 2).tolist()
        down, across = ((offset[0, :, y, x] + (y + 0.5, x + 0.5)) * _STEP).tolist()
        yield Box(across - wide, down - high, across + wide, down + high)


def _as_it_was(box: Box, degrees: int, width: int, height: int, scale: float) -> Box:
    """In the picture before it was made smaller, to this size, and turned against the clock."""
    sides = box.left, box.top, box.right, box.bottom
    if degrees == 90:
        sides = width - box.bottom, box.left, width - box.top, box.right
    elif degrees == 270:
        sides = box.top, height - box.right, box.bottom, height - box.left
    left, top, right, bottom = (side / scale for side in sides)
    return Box(left, top, right, bottom)
