// What went wrong, in the user's language: a sentence for each code of docs/errors.md that says what happened and what to do. The service's own words stand below it.
import { fill, h, icon } from "./dom.js";
import { has, t } from "./i18n.js";

// Codes that are one and the same to whoever reads the sentence.
const SENTENCES = {
  ticketDamaged: ["ticket.too-long", "ticket.encoding", "ticket.truncated", "ticket.malformed", "ticket.endpoint", "ticket.trailing-garbage"],
  ticketNewer: ["ticket.version", "ticket.extension"],
  ticketEmpty: ["ticket.empty"],
  ticketKind: ["ticket.kind"],
  ticketAddress: ["ticket.address", "ticket.too-many-addresses"],
  ticketSeveral: ["ticket.other-content"],
  ticketExpired: ["ticket.expired"],
  sourceMissing: ["source.missing"],
  sourceUnreadable: ["source.unreadable"],
  sourceChanged: ["source.changed"],
  sourceEmpty: ["source.empty"],
  diskFull: ["store.disk-full"],
  unwritable: ["store.unwritable"],
  nameTaken: ["store.not-a-folder", "store.link"],
  folderBusy: ["store.busy"],
  folderForeign: ["store.foreign"],
  storeFailed: ["store.failed"],
  unreachable: ["peer.unreachable", "peer.no-address"],
  otherKey: ["peer.other-key"],
  lost: ["peer.lost", "peer.none-left", "connection.lost", "stream.aborted"],
  filesGone: ["peer.lacks-content"],
  senderStopped: ["peer.aborted"],
  shareOver: ["peer.share-over"],
  corrupt: ["content.corrupt"],
  refused: ["content.refused"],
  declined: ["receive.declined", "receive.consent-needed", "interrupted"],
  settings: ["settings.invalid"],
  noTransport: ["plugin.no-transport", "tls.platform", "msquic.missing"],
  plugin: ["plugin.unusable", "plugin.package", "plugin.exists", "plugin.not-installed", "relay.settings", "dns.settings", "mdns.settings", "pkarr.settings", "iroh.settings", "msquic.settings", "pkarr.publish-off"],
  noRelay: ["plugin.no-relay", "relay.disabled"],
  relayRefused: ["relay.refused"],
  discovery: ["dns.no-answer", "mdns.unavailable", "pkarr.unreachable", "pkarr.refused"],
  port: ["iroh.port-taken", "iroh.listen", "tls.port-taken", "tls.listen", "msquic.listen"],
  handshake: ["tls.handshake", "msquic.handshake", "tls.protocol-violation"],
  policyBroken: ["policy.invalid"],
  policyLocked: ["policy.setting-locked"],
  policyRelay: ["policy.relay", "policy.direct"],
  policyTicket: ["policy.ticket"],
  policyReceive: ["policy.receive"],
  policy: ["policy.transport", "policy.discovery", "policy.plugin"],
  noSession: ["service.no-session", "service.foreign-request"],
  serviceGone: ["service.not-running", "service.not-installed", "service.failed"],
  busy: ["service.busy"],
  notFound: ["service.not-found"],
  badRequest: ["service.bad-request", "service.too-long"],
  conflict: ["service.conflict"],
  identity: ["identity.exposed", "identity.not-a-file", "identity.malformed", "identity.unusable"],
  identityInUse: ["identity.in-use"],
  unexpected: ["unexpected", "stream.ended"],
};

// For codes that are newer than this page.
const KINDS = { request: "badRequest", settings: "settings", ticket: "ticketDamaged", policy: "policy", peer: "lost", verification: "corrupt", storage: "storeFailed", plugin: "plugin", aborted: "senderStopped" };

const KEYS = new Map(Object.entries(SENTENCES).flatMap(([key, codes]) => codes.map((code) => [code, key])));

/** An error that the service answered with, or that this page found by itself. */
export class ServiceError extends Error {
  constructor({ code, message, kind }) {
    super(message);
    this.code = code;
    this.kind = kind;
  }
}

/** The sentence for an error: `{ code, message, kind }`. */
export function sentenceOf(error) {
  const key = KEYS.get(error.code) ?? KINDS[error.kind] ?? "unexpected";
  const own = `errors.${error.code}`;
  return t(has(own) ? own : `errors.${key}`);
}

/** Shows an error in a place of its own, with what can be done about it; without an error the place is empty. */
export function showError(place, error, ...actions) {
  if (!error) return fill(place);
  const { code, message } = error;
  return fill(place, h("div", { class: "problem" },
    icon("warning"),
    h("div", {},
      h("p", {}, sentenceOf(error)),
      message && h("details", {}, h("summary", {}, t("common.details")), h("p", { lang: "en", dir: "ltr" }, message, " ", h("code", {}, code ?? ""))),
      actions.length > 0 && h("div", { class: "actions" }, actions))));
}
