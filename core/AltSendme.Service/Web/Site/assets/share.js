import { openWindow } from "./window.js";
import { sharePage } from "./views/share.js";

await openWindow("share", sharePage);
