// The page around a screen: the bar, the way to the other screens, what an admin must know on each of them, and the states
// that all share: loading, not allowed, not reached.
import PageHeader from '@atlaskit/page-header'
import { Stack } from '@atlaskit/primitives/compiled'
import SectionMessage from '@atlaskit/section-message'
import { Suspense, useEffect, useRef } from 'react'
import { isForbidden } from '../host/problem'
import { messages } from '../messages'
import { useOverview } from '../overview/use-overview'
import { Loading } from '../parts/loading'
import { formatClock } from '../parts/format'
import { useConnection } from '../settings/use-connection'
import { FirstSync, needsSync } from './first-sync'
import { Navigation } from './navigation'
import { Notices } from './notices'
import { useRoute, type Route } from './route'
import { screens } from './screens'
import styles from './shell.module.css'
import { TopBar } from './top-bar'
import { Trouble } from './trouble'

export function Shell() {
  const { data, error, isFetching, dataUpdatedAt, refetch } = useOverview()
  const connection = useConnection()
  const route = useRoute()
  const main = useRef<HTMLElement>(null)
  useTitle(route, main)
  const denied = [error, connection.error].find(isForbidden)
  // What was shown before is not shown any more.
  if (denied) return <Denied message={denied.message} />
  const text = messages.errors
  const Screen = screens[route.screen]
  return (
    <div className={styles['page']}>
      <a className={styles['skip']} href="#main" onClick={(event) => skip(event, main.current)}>
        {messages.navigation.skip}
      </a>
      <TopBar overview={data} />
      <div className={styles['columns']}>
        <Navigation current={route.screen} />
        <main
          id="main"
          ref={main}
          tabIndex={-1}
          className={styles['main']}
          data-testid={route.screen}
          aria-busy={isFetching && !data}
        >
          <Stack space="space.200">
            {error && (
              <Trouble
                appearance={data ? 'warning' : 'error'}
                title={data ? text.refreshTitle : text.loadTitle}
                details={[error.message, text.again, ...(data ? [text.outdated(formatClock(dataUpdatedAt))] : [])]}
                action={text.retry}
                onAction={() => void refetch()}
              />
            )}
            {/* Not before the overview has answered: its first answer makes the tables, which two at a time would be slow at. */}
            {!data && !error && <Loading>{messages.loading}</Loading>}
            {data && (
              <Notices
                overview={data}
                connectsHere={connection.offered !== false}
                whole={route.screen === 'overview'}
              />
            )}
          </Stack>
          {data && needsSync(route.screen, data) && <FirstSync title={messages.navigation.screens[route.screen]} />}
          {data && !needsSync(route.screen, data) && (
            <Suspense fallback={<Loading>{messages.navigation.opening}</Loading>}>
              <Screen key={`${route.screen} ${route.id ?? ''}`} id={route.id} query={route.query} />
            </Suspense>
          )}
        </main>
      </div>
    </div>
  )
}

/** The title follows the screen; a reader of the screen is taken to the new content, but not when the page is opened. */
function useTitle({ screen, id }: Route, main: React.RefObject<HTMLElement | null>) {
  const shown = useRef<string>(undefined)
  useEffect(() => {
    document.title = `${messages.navigation.screens[screen]} - ${messages.product}`
    const place = `${screen} ${id ?? ''}`
    if (shown.current !== undefined && shown.current !== place) {
      window.scrollTo(0, 0)
      main.current?.focus({ preventScroll: true })
    }
    shown.current = place
  }, [screen, id, main])
}

/** A link that moves the focus only: the address says which screen is open. */
function skip(event: React.MouseEvent, target: HTMLElement | null) {
  event.preventDefault()
  target?.focus()
}

function Denied({ message }: { readonly message: string }) {
  return (
    <div className={styles['page']}>
      <TopBar overview={undefined} />
      <main className={styles['main']} data-testid="denied">
        <PageHeader>{messages.title}</PageHeader>
        <SectionMessage appearance="error">
          <p>{message}</p>
        </SectionMessage>
      </main>
    </div>
  )
}
