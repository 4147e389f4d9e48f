// A link to another site. It opens a new tab, since the page may be inside a frame.
import type { ReactNode } from 'react'
import styles from './outside-link.module.css'

export function OutsideLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a className={styles['link']} href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}
