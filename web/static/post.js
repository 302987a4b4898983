// What the page sends: messages and commands as JSON, files as they are.

export async function sent(address, values) {
  try {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(values) });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

// All files, one after the other; those that have arrived before are not sent again. False: one did not arrive.
export async function uploaded(files, persona, progress) {
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  let before = 0;
  for (const one of files) {
    one.kept ??= await upload(one, persona, (loaded) => progress((before + loaded) / total));
    if (!one.kept) return false;
    before += one.file.size;
    progress(before / total);
  }
  return true;
}

// What the page's server says of the file: { id, name, size }; null: it has not arrived. fetch() tells no progress.
function upload({ id, file, name }, persona, progress) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/chat/files?${new URLSearchParams({ persona, id, name })}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded }) => progress(loaded);
    request.onload = () => done(request.status === 200 ? request.response : null);
    request.onerror = request.onabort = () => done(null);
    request.send(file);
  });
}

export function newId() { // crypto.randomUUID needs a secure origin; the demo may be opened from a phone over plain HTTP
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
