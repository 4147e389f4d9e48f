// The form for the organization and its keys. Rollcall tests the keys before it stores them. The fields keep refused values,
// since Atlassian shows a key only once.
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import type { FormEvent } from 'react'
import type { ConnectionData, ConnectionRequest } from '@rollcall/api'
import { Failure } from '../parts/failure'
import { messages } from '../messages'
import { OutsideLink } from '../parts/outside-link'
import { TextField } from '../parts/text-field'
import { useConnect } from './use-connection'

const text = messages.connection
const keysPage = 'https://admin.atlassian.com'

interface ConnectFormProps {
  /** The current connection, which the form replaces. */
  readonly connection?: ConnectionData
  readonly onDone: () => void
  readonly onCancel?: () => void
}

export function ConnectForm({ connection, onDone, onCancel }: ConnectFormProps) {
  const connect = useConnect()
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (connect.isPending) return
    const form = event.currentTarget
    connect.mutate(wantedIn(new FormData(form)), {
      onSuccess: () => {
        form.reset()
        onDone()
      },
    })
  }
  return (
    <form onSubmit={submit} data-testid="connect-form" aria-label={text.form}>
      <Stack space="space.200">
        <Text as="p">
          {text.intro} <OutsideLink href={keysPage}>{text.keysPage}</OutsideLink>
        </Text>
        <TextField
          name="organizationId"
          label={text.organizationId}
          help={text.organizationIdHelp}
          initial={connection?.organizationId ?? ''}
        />
        <TextField
          name="readKey"
          label={text.readKey}
          help={connection === undefined ? text.readKeyHelp : text.keptHelp}
          secret
          optional={connection !== undefined}
        />
        <TextField name="readKeyExpires" label={text.readKeyExpires} help={text.expiresHelp} type="date" optional />
        <TextField
          name="actKey"
          label={text.actKey}
          help={connection === undefined ? text.actKeyHelp : text.keptHelp}
          secret
          optional
        />
        <TextField name="actKeyExpires" label={text.actKeyExpires} help={text.expiresHelp} type="date" optional />
        {connect.error && <Failure title={text.refusedTitle} message={connect.error.message} />}
        <Text as="p" color="color.text.subtle">
          {text.kept}
        </Text>
        <Inline space="space.100">
          <Button type="submit" appearance="primary" isLoading={connect.isPending}>
            {text.connect}
          </Button>
          {onCancel && (
            <Button onClick={onCancel} isDisabled={connect.isPending}>
              {text.cancel}
            </Button>
          )}
        </Inline>
      </Stack>
    </form>
  )
}

/** The values of the form, without empty fields. */
function wantedIn(entered: FormData): ConnectionRequest {
  const { organizationId = '', ...optional } = Object.fromEntries(
    [...entered].flatMap(([name, value]) => {
      const text = String(value).trim()
      return text === '' ? [] : [[name, text]]
    }),
  ) as Partial<ConnectionRequest>
  return { organizationId, ...optional }
}
