// The types of the scripts that tests share with npm.

declare module '*/scripts/chromium.mjs' {
  export function findChromium(): Promise<string | undefined>
}
