// Calls to luka; what goes wrong has a sentence for the reader.

import { session } from "./session.js";
import { language, t } from "./words.js";

export class Refusal extends Error {
  constructor(code, status, message) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export async function call(method, path, body) {
  const headers = { Accept: "application/json", "Accept-Language": language };
  const signed = session();
  if (signed) headers.Authorization = `Bearer ${signed.token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Refusal("OFFLINE", 0, t("app.offline"));
  }
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const error = answer.error ?? {};
  throw new Refusal(error.code ?? "ERROR", response.status, error.message ?? t("app.went_wrong"));
}

export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);
