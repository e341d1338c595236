import { readFileSync } from 'node:fs';
import type { SimAnswer, SimRequest } from '@adapters/practice-carrier/routes';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

interface Operation {
  query: object;
  form: object | null;
  responses: Record<string, object | null>;
}

/** No property the specification does not name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const out: Record<string, unknown> = {};
  for (const [k, v] of Object.entries(schema)) {
    out[k] = k === 'properties' ? Object.fromEntries(Object.entries(v as object).map(([p, s]) => [p, closed(s)])) : closed(v);
  }
  if ('properties' in out) out['additionalProperties'] = false;
  return out;
}

const ERROR_BODY = {
  type: 'object',
  required: ['code', 'message', 'more_info', 'status'],
  additionalProperties: false,
  properties: { code: { type: 'integer' }, message: { type: 'string' }, more_info: { type: 'string' }, status: { type: 'integer' } },
};

const plain = (p: URLSearchParams): Record<string, string | string[]> => {
  const out: Record<string, string | string[]> = {};
  for (const key of new Set(p.keys())) {
    const all = p.getAll(key);
    out[key] = all.length > 1 ? all : (all[0] ?? '');
  }
  return out;
};

const operations = JSON.parse(readFileSync(new URL('../fixtures/twilio/operations.json', import.meta.url), 'utf8')) as Record<
  string,
  Operation
>;
const requests = new Ajv({ coerceTypes: 'array', allErrors: true, strict: false });
const responses = new Ajv({ allErrors: true, strict: false });
addFormats(requests);
addFormats(responses);
const compiled = new Map<string, ValidateFunction>();

function check(ajv: Ajv, key: string, schema: object, value: unknown): string[] {
  let validate = compiled.get(key);
  if (!validate) {
    validate = ajv.compile(schema);
    compiled.set(key, validate);
  }
  return validate(value) ? [] : (validate.errors ?? []).map((e) => `${key}${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
}

/** What the SDK asked and the practice carrier answered, held against Twilio's own specification. Answers the differences. */
export function offSpec(request: SimRequest, answer: SimAnswer): string[] {
  if (answer.operation === null) return answer.status === 401 ? [] : [`no such path: ${request.method} ${request.host}${request.path}`];
  const op = operations[answer.operation];
  if (!op) return [`no such operation: ${answer.operation}`];
  const found = check(requests, `${answer.operation} query`, op.query, plain(request.query));
  const form = plain(request.form);
  if (op.form) found.push(...check(requests, `${answer.operation} form`, op.form, form));
  else if (Object.keys(form).length) found.push(`${answer.operation} takes no form`);
  if (answer.status >= 400) return [...found, ...check(responses, 'error', ERROR_BODY, answer.body)];
  const schema = op.responses[String(answer.status)];
  if (schema === undefined) return [...found, `${answer.operation} never answers ${answer.status}`];
  if (schema === null) return answer.body === null ? found : [...found, `${answer.operation} answers no body`];
  return [...found, ...check(responses, `${answer.operation} ${answer.status}`, closed(schema) as object, answer.body)];
}
