"""What a faithful local server must do, item by item: the checklists behind docs/checklists.md.

E0: both Zalo servers; E1: the Zalo Bot Platform; E2: the Official Account; T: the Bot API server.
"""

ITEMS = {
    "E0.1": (
        "Run on loopback with injectable base URLs; controllable clock; scripted fault injection per method "
        "(status, code, delay, drop connection before/after effect)."
    ),
    "E0.2": (
        "Opaque string ids in the real shapes; ms timestamps; JSON UTF-8 with Vietnamese unescaped; unknown "
        "method → 404/400 per platform."
    ),
    "E0.3": (
        "Record all sends for assertions; a test-only control API to inject user messages, add/remove bot "
        "from group, follow/unfollow, advance time, set quotas."
    ),
    "E0.4": (
        "Serve fake CDN media URLs with configurable expiry; fetch outbound image URLs twice and fail the "
        "test if the second fetch differs."
    ),
    "E1.1": (
        "Route /bot<token>/<method>, GET and POST, query/form/JSON/multipart; wrong token → 401; method names "
        "case-sensitive."
    ),
    "E1.2": (
        "Envelope and HTTP status = error_code; switch to send HTTP 200 + ok:false instead; add error_code:0 "
        "on success optionally."
    ),
    "E1.3": "getMe with can_join_groups switch.",
    "E1.4": (
        "getUpdates: single object; block up to timeout (string or number) then HTTP 408 body as in A3; 400 "
        "while webhook set; ignore offset/limit; modes consume and replay (re-serve at once every poll); "
        "competing pollers split or duplicate."
    ),
    "E1.5": (
        "setWebhook: require https (test flag to allow http loopback), secret 8..256; save, then probe with "
        "empty body and UA Java/17, fill verification.outcome; save even on failure; daily cap. testWebhook "
        "cap → 426. getWebhookInfo 404 when none; deleteWebhook → empty url."
    ),
    "E1.6": (
        "Deliver events with the secret header; shape switch flat (default) / wrapped; image field switch "
        "photo_url (default) / photo; configurable timeout, and retry count default 0 plus a mode that "
        "duplicates and reorders deliveries."
    ),
    "E1.7": (
        "Emit all five event kinds; unsupported with and without message; files/video/contact always become "
        'unsupported; a "protected sender" flag turns any message into unsupported.'
    ),
    "E1.8": (
        "Groups: deliver only when mentioned or replying to the bot; image only if its own caption mentions "
        "or it replies; mention appears as text; greet on join; chat ids unknown until first mention; sending "
        "after removal fails."
    ),
    "E1.9": (
        "Enforce: text and caption 1..2000; photo must be http(s) URL that the emulator can GET; voice_url "
        "ends .aac, group voice returns ok and is dropped; unknown chat id → 400; user never seen → 400; user "
        "51 and group 4 not served; monthly 3,001st send → 429."
    ),
    "E1.10": (
        "Reject reply_markup, edit, delete, sendDocument as unknown (so code can't lean on Telegram habits). "
        "sendChatAction returns no result."
    ),
    "E2.1": (
        "OAuth: consent page stub → ?code&oa_id; code single-use, 10 min; PKCE check; secret in secret_key "
        'header; expires_in as string "90000"; refresh rotates, old refresh → error, HTTP 200; concurrent '
        "refresh test: exactly one wins, loser gets the used-token error; tokens expire on the fake clock → "
        "-216/-220; new app authorisation revokes old grant."
    ),
    "E2.2": "Always HTTP 200 with error; missing or Bearer auth → -216; rate headers; -32 over N/min.",
    "E2.3": (
        "message/cs: window engine (48 h free counter, 48 h to 7 d billed counter, > 7 d -230), -213 for "
        "unknown user, text ≤ 2000 (-201), attachment shapes validated, button count/type, quote ids; quota "
        "endpoints consistent with the engine; dead endpoints return -240 or a shut-down error."
    ),
    "E2.4": "Uploads: type and size checks (-210/-201), 7-day expiry (-100), monthly cap.",
    "E2.5": "Button click → user_send_text with the payload; request_user_info → user_submit_info.",
    "E2.6": (
        "Groups: quota assets, create/list/get/invite/members, status disabled → -237, not-a-member → -403, "
        "mention syntax, no templates with buttons in groups; lifecycle events."
    ),
    "E2.7": (
        "Templates: registered ids and params, UID and phone variants on separate bases, dev mode, daily "
        "quota, delivery event with tracking_id."
    ),
    "E2.8": (
        "Webhook: sign raw bytes as in B8 with the OA secret (distinct from app secret); send body in unusual "
        "key order/whitespace so re-serialising fails; {} unsigned probe on save; 2 s deadline; retry ladder "
        "with num_retry; unsubscribe after the ladder; echo oa_send_*; receipts inverted with msg_ids list; "
        "duplicates on demand."
    ),
    "T.transport.1": (
        "/bot<token>/<method> and /file/bot<token>/<path>; decode %3A; GET and POST; method names case- "
        "insensitive; unknown method 404 Not Found: method not found."
    ),
    "T.transport.2": (
        "Parameters from query, urlencoded, multipart and JSON; JSON-in-string for objects; attach://name "
        "parts; booleans as text."
    ),
    "T.transport.3": (
        "Envelope ok/result or ok/error_code/description/parameters with the same HTTP status; 401 for a "
        "wrong token; several tokens at once."
    ),
    "T.transport.4": "Bind to loopback only; port 0 allowed; controllable clock for the time limits below.",
    "T.updates.1": (
        "Ids growing by one; offset, limit, timeout (real waiting, woken at once), negative offset, "
        "redelivery until confirmed; allowed_updates with the default set of section 1."
    ),
    "T.updates.2": "409 for two pollers and for polling with a webhook; 24 h and 150 s expiry.",
    "T.updates.3": (
        "Webhook: secret header, JSON, one in flight per chat in order, parallel over chats up to "
        "max_connections, retry schedule, Retry-After, getWebhookInfo with pending_update_count and last "
        "error, method-in-response, duplicates on demand."
    ),
    "T.people.1": (
        "Scriptable users: text, command with bot_command entity (UTF-16 offsets), reply, button press (only "
        "a button that exists, chat_instance set), photo, document, album of 2-10 as separate updates with "
        "delays and gaps, contact (own and forwarded), edit, join/leave/block (my_chat_member), add to group "
        "via startgroup, reactions."
    ),
    "T.people.2": (
        "Private, group, supergroup with topics, channel; privacy mode as in section 3; migration with both "
        "service messages, then 400 + migrate_to_chat_id."
    ),
    "T.people.3": (
        "Every object has its required fields (User.is_bot, Chat.type, Message.date in seconds, "
        "CallbackQuery.chat_instance, ChatFullInfo.accent_color_id and max_reaction_count): PTB refuses to "
        "parse otherwise."
    ),
    "T.sending.1": (
        "Returned Message carries id, from bot, chat with the right type, date, text after parsing with "
        "entities (HTML and MarkdownV2), reply_markup only if inline, message_thread_id, reply_to_message, "
        "media_group_id, edit_date."
    ),
    "T.sending.2": (
        "Refuse as in section 5: empty, too long, bad markup, 65-byte callback_data, text-only inline button, "
        "unchanged edit, unknown message or chat, a person who never pressed Start, blocked, kicked, stale or "
        "twice-answered callback id."
    ),
    "T.sending.3": (
        "Files: uploads kept byte for byte, several photo sizes with true dimensions, original name and type "
        "for documents, file_id reuse, getFile limit 20 MiB, upload limits, download."
    ),
    "T.sending.4": (
        "Commands per scope and language; menu button; chat member and administrator queries; pin, delete, "
        "chat action, reaction (fixed emoji list)."
    ),
    "T.faults.1": (
        "20 per trailing 60 s per group, 1/s per chat with burst, 30/s overall: each switchable, with correct "
        "retry_after and header."
    ),
    "T.faults.2": (
        "Scheduled faults per method, chat or text: any code, 429, 502, slow answer, dropped connection "
        "before and after the effect (the lost-reply case), garbage body."
    ),
    "T.faults.3": (
        "A transcript per chat as a person would see it, and a log of every call with parameters, status and "
        "time; reset between tests; the same seed gives the same ids."
    ),
}
