// The service's interface. Whoever holds the cookie of this window may use it; it is on loopback, and nothing else is ever asked.
import { ServiceError } from "./errors.js";

const ROOT = "/api";

/** Asks the service. Throws a ServiceError when it says no, or does not answer. */
export async function ask(method, path, body, signal) {
  let answer;
  try {
    answer = await fetch(ROOT + path, {
      method,
      signal,
      credentials: "same-origin",
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (fault) {
    if (fault.name === "AbortError") throw fault;
    throw new ServiceError({ code: "service.not-running", message: "" });
  }

  if (!answer.ok) throw await failureOf(answer);
  return answer.headers.get("Content-Type")?.includes("json") ? answer.json() : answer.text();
}

export const read = (path, signal) => ask("GET", path, undefined, signal);
export const post = (path, body, signal) => ask("POST", path, body, signal);
export const put = (path, body) => ask("PUT", path, body);
export const remove = (path) => ask("DELETE", path);

/** Address of something that the browser fetches itself. */
export const urlOf = (path) => ROOT + path;

/** The error in an answer. */
async function failureOf(answer) {
  try {
    return new ServiceError(await answer.json());
  } catch {
    return new ServiceError({ code: "unexpected", message: `HTTP ${answer.status}` });
  }
}
