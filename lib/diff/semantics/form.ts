/** A value's form: texts that are the same where the API means the same. */
import { byCodeUnit, isObject, type Json } from "../../manifests/apiObject";
import { billionths } from "./quantity";
import { fieldShape, plain, type Shape } from "./shape";

/** The form of what is not there, and of what means as little. */
export const nothing = "";

function listForm(list: readonly Json[], { list: reading, element = plain, choosesNobody }: Shape): string {
  const forms = list.map((item) => formOf(item, element));
  if (reading === undefined) return `[${forms.join()}]`;
  if (forms.length === 0 && !choosesNobody) return nothing;
  return `[${(reading === "sequence" ? forms : [...new Set(forms)].sort(byCodeUnit)).join()}]`;
}

function objectForm(object: Readonly<Record<string, Json>>, shape: Shape): string {
  const keys = new Set([...Object.keys(object), ...Object.keys(shape.fields ?? {})]);
  const forms = [...keys].sort(byCodeUnit).flatMap((key) => {
    const form = formOf(object[key], fieldShape(shape, key));
    return form === nothing ? [] : `${JSON.stringify(key)}:${form}`;
  });
  return shape.values && forms.length === 0 ? nothing : `{${forms.join()}}`;
}

/** The form of a value of a shape. */
export function formOf(value: Json | undefined, shape: Shape): string {
  if (value === undefined) return shape.unsaid === undefined ? nothing : JSON.stringify(shape.unsaid);
  if (shape.quantity) {
    const amount = billionths(value);
    if (amount !== undefined) return `${amount}n`;
  }
  if (Array.isArray(value)) return listForm(value as readonly Json[], shape);
  return isObject(value) ? objectForm(value, shape) : JSON.stringify(value);
}
