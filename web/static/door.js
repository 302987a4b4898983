// The way into the staff site, in a tab of its own, for the persona who is chosen or for the one that the button names.

import { $$ } from "./elements.js";
import { sent } from "./post.js";

export function startDoor(chosen, tell) {
  for (const door of $$("[data-door]")) {
    door.addEventListener("click", async () => {
      const tab = window.open("about:blank");
      const december = "december" in door.dataset;
      if (december) tell("Đang đưa dữ liệu mẫu của tháng 12 vào, xin đợi một chút…", 60000);
      const opened = await sent("/chat/trang-quan-ly", { persona: door.dataset.door || chosen(), december });
      if (!opened) {
        tab?.close();
        tell("Chưa mở được trang quản lý. Thầy/cô tải lại trang rồi thử lại.", 5000);
        return;
      }
      tell("");
      if (december) door.remove();
      if (tab) tab.location = opened.address;
      else location.assign(opened.address);
    });
  }
}
