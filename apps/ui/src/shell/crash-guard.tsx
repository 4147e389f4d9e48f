// Shows a message instead of an empty page when rendering a response throws.

import { Component, type ReactNode } from 'react'
import { messages } from '../messages'
import { ScreenHeader } from '../parts/screen-header'
import styles from './shell.module.css'
import { reloadPage } from '../host/reload'
import { Trouble } from './trouble'

interface CrashGuardState {
  readonly crashed: boolean
}

export class CrashGuard extends Component<{ readonly children: ReactNode }, CrashGuardState> {
  override state: CrashGuardState = { crashed: false }

  static getDerivedStateFromError(): CrashGuardState {
    return { crashed: true }
  }

  override render() {
    if (!this.state.crashed) return this.props.children
    const text = messages.errors
    return (
      <main className={styles['main']}>
        <ScreenHeader title={messages.product} />
        <Trouble
          appearance="error"
          title={text.crashTitle}
          details={[text.crash]}
          action={text.reload}
          onAction={() => void reloadPage()}
        />
      </main>
    )
  }
}
