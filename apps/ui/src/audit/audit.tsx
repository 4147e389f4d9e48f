// Placeholder.
export default function Screen() {
  return null
}
