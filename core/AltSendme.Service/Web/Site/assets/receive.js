import { openWindow } from "./window.js";
import { receivePage } from "./views/receive.js";

await openWindow("receive", receivePage);
