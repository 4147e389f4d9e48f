// What Rollcall did to one user, newest first. A removal that is still in force can be given back.
import type { AccountDetails } from '@rollcall/api'
import Button from '@atlaskit/button/new'
import { Stack } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import { Age } from '../parts/age'
import { Empty } from '../parts/empty'
import { Failure } from '../parts/failure'
import layout from '../parts/layout.module.css'
import { stepStateLabel } from '../parts/step-state'
import { useGiveBack } from '../parts/use-give-back'
import { hrefOf } from '../shell/route'

const text = messages.users

export function UserHistory({ details: { account, history } }: { readonly details: AccountDetails }) {
  const giveBack = useGiveBack()
  if (history.length === 0) return <Empty>{text.noHistory}</Empty>
  const { accountId } = account
  return (
    <Stack space="space.150">
      {giveBack.error && <Failure title={text.notPlanned} message={giveBack.error.message} />}
      <ul className={layout['lines']}>
        {history.map(({ runId, what, state, reason, at, mayGiveBack }, index) => (
          <li key={`${runId} ${index}`} className={layout['spread']}>
            <span>
              <a className={layout['link']} href={hrefOf('runs', runId)}>
                {what}
              </a>
              {': '}
              {stepStateLabel(state)}
              {reason !== null && ` (${reason})`}
              {at !== null && (
                <>
                  , <Age at={at} />
                </>
              )}
            </span>
            {mayGiveBack && (
              <Button
                aria-label={messages.giveBack.of(what)}
                isLoading={giveBack.isPending && giveBack.variables.runId === runId}
                onClick={() => giveBack.mutate({ runId, accountId })}
              >
                {messages.giveBack.now}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Stack>
  )
}
