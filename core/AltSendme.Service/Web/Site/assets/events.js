// What changes in the service, as it changes.
import { read, urlOf } from "./api.js";

/** Calls `on.reset`, `on.share(view)`, `on["share-removed"](id)`, `on.receive(view)`, `on["receive-removed"](id)`, `on.settings()`; `on.lost(error)` and `on.found()` when the service is gone or back. */
export function watch(on) {
  const source = new EventSource(urlOf("/v1/events"));
  source.addEventListener("open", () => on.found());
  source.addEventListener("message", (message) => {
    const event = JSON.parse(message.data);
    on[event.type]?.(event.share ?? event.receive ?? event.subject);
  });
  // The browser tries again by itself; whether there is anybody left is asked at once.
  source.addEventListener("error", () => read("/v1/status").catch(on.lost));
}
