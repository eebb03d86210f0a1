// The share window: what is to be shared goes in, and who fetches it is followed.
import { read } from "../api.js";
import { cardList } from "../cards.js";
import { emptyNote } from "../controls.js";
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { shareCard } from "./share-card.js";
import { shareForm } from "./share-form.js";

export function sharePage(desk, wanted) {
  const list = cardList(t("share.list"), shareCard, emptyNote(t("share.none")));
  const form = shareForm(desk, (view) => list.add(view).open());
  let isFirst = true;

  return {
    element: h("div", {}, form.element, h("h2", { class: "list-title" }, t("share.list")), list.element),
    on: {
      async reset() {
        list.reset(await read("/v1/shares"));
        if (isFirst && wanted.share) list.card(wanted.share)?.open();
        isFirst = false;
      },
      share: list.show,
      "share-removed": list.drop,
    },
  };
}
