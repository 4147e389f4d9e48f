// The navigation: a link to each screen, with the open one marked.
import { messages } from '../messages'
import styles from './navigation.module.css'
import { hrefOf, screenNames, type ScreenName } from './route'

export function Navigation({ current }: { readonly current: ScreenName }) {
  return (
    <nav className={styles['nav']} aria-label={messages.navigation.label}>
      <ul className={styles['list']}>
        {screenNames.map((screen) => (
          <li key={screen}>
            <a className={styles['link']} href={hrefOf(screen)} aria-current={screen === current ? 'page' : undefined}>
              {messages.navigation.screens[screen]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
