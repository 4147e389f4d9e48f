// Text to type or compare exactly: commands, ids and fingerprints. Long ones wrap anywhere.
import styles from './code.module.css'

export function Code({ children }: { readonly children: string }) {
  return <code className={styles['code']}>{children}</code>
}
