import { openWindow } from "./window.js";
import { settingsPage } from "./views/settings.js";

await openWindow("settings", settingsPage);
