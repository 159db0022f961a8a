/** Which stack a plan's file is of. A plan does not say it: cdktf's metadata is not in its JSON, so the file's name must. */

const stack = /^[a-z](?:[a-z0-9-]*[a-z0-9])?\.[a-z](?:[a-z0-9-]*[a-z0-9])?$/;
/** What stands behind the stack's name in a file's, the longest first. */
const endings = [".tfplan.json", ".plan.json", ".json"];

/** `soroush.thr1.json`, `soroush.thr1.plan.json`, or any file in a folder `soroush.thr1`; `undefined` where neither is a stack's name. */
export function stackOfPlan(file: string): string | undefined {
  const [name = "", folder = ""] = file.split(/[\\/]/).reverse();
  const ending = endings.find((each) => name.endsWith(each)) ?? "";
  const bare = name.slice(0, name.length - ending.length);
  return [bare, folder].find((each) => stack.test(each));
}

/** Whose a stack is: a messenger's id, or `site`; empty where the name has no dot. */
export const holderOfStack = (name: string): string => name.slice(0, Math.max(0, name.indexOf(".")));

/** The site of a stack. */
export const siteOfStack = (name: string): string => name.slice(name.indexOf(".") + 1);
