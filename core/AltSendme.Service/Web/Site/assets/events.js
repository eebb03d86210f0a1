// What changes in the service, as it changes.
import { urlOf } from "./api.js";

const LOST_AFTER = 3;

/** Calls `on.reset`, `on.share(view)`, `on["share-removed"](id)`, `on.receive(view)`, `on["receive-removed"](id)`, `on.settings()`; `on.lost()` and `on.found()` when the service is gone or back. */
export function watch(on) {
  let failures = 0;
  const source = new EventSource(urlOf("/v1/events"));
  source.addEventListener("open", () => {
    failures = 0;
    on.found?.();
  });
  source.addEventListener("message", (message) => {
    const event = JSON.parse(message.data);
    on[event.type]?.(event.share ?? event.receive ?? event.subject);
  });
  source.addEventListener("error", () => {
    failures++;
    if (source.readyState === EventSource.CLOSED || failures >= LOST_AFTER) on.lost?.();
  });
}
