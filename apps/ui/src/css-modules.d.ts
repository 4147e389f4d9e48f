// Class names of a CSS module, as Vite hands them over.
declare module '*.module.css' {
  const classNames: Readonly<Record<string, string>>
  export default classNames
}
