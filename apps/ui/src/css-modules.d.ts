// Class names of a CSS module, as Vite provides them.
declare module '*.module.css' {
  const classNames: Readonly<Record<string, string>>
  export default classNames
}
