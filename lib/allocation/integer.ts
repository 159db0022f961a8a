/** Division of whole numbers. A quotient of safe integers never rounds across a whole number, so these are exact below 2^53. */

/** The least whole number that is at least a / b; Infinity where something is divided by nothing. */
export function divideUp(a: number, b: number): number {
  return a === 0 ? 0 : Math.ceil(a / b);
}

/** The greatest whole number that is at most a / b. */
export function divideDown(a: number, b: number): number {
  return a === 0 ? 0 : Math.floor(a / b);
}

/** What is left of `amount` when `perMille` of it stays unpromised, rounded down. */
export function withoutShare(amount: number, perMille: number): number {
  return Math.floor((amount * (1000 - perMille)) / 1000);
}

const gigabyte = 1_000_000_000n;
const tebibyte = 2n ** 40n;

/** Decimal GB as TiB, rounded up. Exact for any safe integer. */
export function tebibytesOf(gigabytes: number): number {
  return Number((BigInt(gigabytes) * gigabyte + tebibyte - 1n) / tebibyte);
}

/** TiB as decimal GB, rounded down, so that what was rounded up to TiB does not grow once more. */
export function gigabytesOf(tebibytes: number): number {
  return Number((BigInt(tebibytes) * tebibyte) / gigabyte);
}
