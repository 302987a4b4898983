// Sends files to the upload page piece by piece (tus 1.0), and goes on where a connection broke.
// Written for old phones: no modules, no newer syntax.

(function () {
  "use strict";

  var PIECE = 1024 * 1024; // bytes; what a proxy with the usual settings lets through
  var LONGEST_PAUSE = 15000; // milliseconds between two tries
  var byId = function (id) { return document.getElementById(id); };
  var base = byId("choose").getAttribute("action") + "/files";
  var list = byId("list");
  var waiting = []; // those to send, one after the other
  var now = null; // the one being sent

  // ---- what is shown

  function element(tag, look, text) {
    var made = document.createElement(tag);
    if (look) made.className = look;
    if (text) made.textContent = text;
    return made;
  }

  function button(text, name, onclick) {
    var made = element("button", "again", text);
    made.type = "button";
    made.setAttribute("aria-label", text + " " + name);
    made.addEventListener("click", onclick);
    return made;
  }

  function Item(file) {
    var known = unfinished(file);
    this.file = file;
    this.address = known ? base + "/" + known.getAttribute("data-id") : "";
    this.sent = 0;
    this.tries = 0;
    this.row = element("li");
    this.state = element("span", "state", "Đang chờ");
    this.bar = element("progress");
    this.bar.max = file.size || 1;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", "Đã gửi " + file.name);
    this.row.appendChild(element("span", "name", file.name));
    this.row.appendChild(this.state);
    this.row.appendChild(this.bar);
    this.drop = button("Bỏ", file.name, remove.bind(null, this));
    this.row.appendChild(this.drop);
    if (known) list.replaceChild(this.row, known);
    else list.appendChild(this.row);
  }

  function unfinished(file) { // begun earlier, maybe before the page was closed
    var rows = list.querySelectorAll("li[data-id]:not(.whole)");
    for (var i = 0; i < rows.length; i++) {
      if (rows[i].getAttribute("data-name") === file.name.normalize("NFC")
          && Number(rows[i].getAttribute("data-size")) === file.size) return rows[i];
    }
    return null;
  }

  function show(item, text, failed) {
    item.state.textContent = text;
    item.row.className = failed ? "failed" : "";
  }

  function progress(item, bytes) {
    item.bar.value = bytes;
    var part = item.file.size ? Math.floor(100 * bytes / item.file.size) : 0;
    show(item, "Đang gửi " + part + "% của " + size(item.file.size));
  }

  function size(bytes) {
    if (bytes < 1000) return bytes + " byte";
    if (bytes < 999500) return Math.round(bytes / 1000) + " kB";
    var big = bytes < 999500000;
    return (bytes / (big ? 1e6 : 1e9)).toFixed(1).replace(".", ",") + (big ? " MB" : " GB");
  }

  function tell() { // the button, and in one place for readers what has changed
    var whole = list.querySelectorAll(".whole").length;
    var left = waiting.length + (now ? 1 : 0);
    byId("list-title").hidden = !list.children.length;
    byId("done").disabled = left > 0 || whole === 0;
    byId("done").textContent = left ? "Đang gửi, còn " + left + " tệp…" : whole ? "Xong, đã gửi " + whole + " tệp" : "Xong";
    byId("said").textContent = left ? "Còn " + left + " tệp đang gửi." : whole ? "Đã gửi " + whole + " tệp. Bấm Xong." : "";
  }

  function fault(text) {
    byId("fault").textContent = text;
    byId("fault").hidden = !text;
  }

  // ---- sending

  function ask(method, address, headers, body, done, moved) {
    var request = new XMLHttpRequest();
    request.open(method, address);
    request.setRequestHeader("Tus-Resumable", "1.0.0");
    Object.keys(headers).forEach(function (name) { request.setRequestHeader(name, headers[name]); });
    request.timeout = 60000;
    request.onload = function () { done(request.status, request); };
    request.onerror = request.ontimeout = function () { done(0, request); };
    if (moved) request.upload.onprogress = moved;
    request.send(body);
    return request;
  }

  function next() {
    now = waiting.shift() || null;
    tell();
    if (now) begin(now);
  }

  function begin(item) {
    if (item.address) return resume(item);
    show(item, "Đang bắt đầu…");
    var name = btoa(unescape(encodeURIComponent(item.file.name)));
    var headers = { "Upload-Length": String(item.file.size), "Upload-Metadata": "filename " + name };
    item.request = ask("POST", base, headers, null, function (status, request) {
      if (status !== 201) return trouble(item, status, request);
      item.address = request.getResponseHeader("Location");
      if (item.file.size) send(item); else whole(item);
    });
  }

  function resume(item) { // how far has it come?
    show(item, "Đang nối lại…");
    item.request = ask("HEAD", item.address, {}, null, function (status, request) {
      if (status !== 200) return trouble(item, status, request);
      item.sent = Number(request.getResponseHeader("Upload-Offset"));
      if (item.sent >= item.file.size) whole(item); else send(item);
    });
  }

  function send(item) {
    progress(item, item.sent);
    var piece = item.file.slice(item.sent, Math.min(item.sent + PIECE, item.file.size));
    var headers = { "Upload-Offset": String(item.sent), "Content-Type": "application/offset+octet-stream" };
    item.request = ask("PATCH", item.address, headers, piece, function (status, request) {
      if (status !== 204) return trouble(item, status, request);
      item.sent = Number(request.getResponseHeader("Upload-Offset"));
      item.tries = 0;
      if (item.sent >= item.file.size) whole(item); else send(item);
    }, function (event) { progress(item, Math.min(item.sent + event.loaded, item.file.size)); });
  }

  function whole(item) {
    show(item, "Đã gửi xong, " + size(item.file.size));
    item.row.className = "whole";
    item.row.removeChild(item.bar);
    item.row.removeChild(item.drop);
    next();
  }

  function trouble(item, status, request) {
    if (item.gone) return;
    if (status === 413 && item.address && PIECE > 65536) { // a proxy that takes less at once
      PIECE = PIECE / 2;
      return resume(item);
    }
    if (status === 410) return location.reload(); // closed or expired: the page says so
    if (status === 404 && item.address) item.address = ""; // it was removed: from the beginning
    if (status === 400 || status === 403 || status === 413 || status === 507) {
      return giveUp(item, request.responseText, status === 403 || status === 507);
    }
    item.tries += 1;
    show(item, "Mất kết nối, đang thử lại… Thầy/cô cứ để trang này mở.", true);
    item.timer = setTimeout(function () { item.timer = 0; begin(item); }, Math.min(500 * Math.pow(2, item.tries), LONGEST_PAUSE));
  }

  function giveUp(item, text, mayGo) { // what the file itself is not fit for will never go
    show(item, text || "Chưa gửi được tệp này.", true);
    if (!mayGo) {
      item.bar.hidden = true;
      return next();
    }
    item.again = button("Thử lại", item.file.name, function () {
      item.row.removeChild(item.again);
      show(item, "Đang chờ");
      waiting.push(item);
      if (!now) next(); else tell();
    });
    item.row.appendChild(item.again);
    next();
  }

  function remove(item) {
    item.gone = true;
    clearTimeout(item.timer);
    if (item.request) item.request.abort();
    if (item.address) ask("DELETE", item.address, {}, null, function () {});
    waiting = waiting.filter(function (one) { return one !== item; });
    list.removeChild(item.row);
    byId("files").focus();
    if (now === item) next(); else tell();
  }

  // ---- what is tapped

  function chosen() {
    fault("");
    Array.prototype.forEach.call(byId("files").files, function (file) { waiting.push(new Item(file)); });
    byId("files").value = "";
    if (now) tell(); else next();
  }

  byId("files").addEventListener("change", chosen);

  window.addEventListener("online", function () { // no need to wait for the next try
    if (!now || !now.timer) return;
    clearTimeout(now.timer);
    now.timer = now.tries = 0;
    begin(now);
  });

  window.addEventListener("beforeunload", function (event) {
    if (!now) return;
    event.preventDefault();
    event.returnValue = "";
  });

  document.body.className = "live";
  if (byId("files").files.length) chosen(); else tell(); // picked before this script had come
})();
