// What can be done with a stored policy: preview, run, disable or enable, edit, duplicate, delete.
import type { PolicyCard } from '@rollcall/api'
import Button, { LinkButton } from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { client } from '../host/client'
import { messages } from '../messages'
import { Failure } from '../parts/failure'
import { ConfirmDialog } from '../parts/confirm-dialog'
import { useAction } from '../parts/use-action'
import { go, hrefOf } from '../shell/route'

const text = messages.policies

export function PolicyActions({ card, names }: { readonly card: PolicyCard; readonly names: readonly string[] }) {
  const { name, enabled } = card
  const [deleting, setDeleting] = useState(false)
  const params = { params: { name } }
  const preview = useAction(
    () => client.request('preview', { body: { policy: name } }),
    ({ planId }) => go('plans', planId),
  )
  // A run needs an approved plan: this makes the plan now, and its screen opens the approval at once.
  const run = useAction(
    () => client.request('preview', { body: { policy: name } }),
    ({ planId }) => go('plans', planId, { approve: 'now' }),
  )
  const turn = useAction(() => client.request(enabled ? 'disablePolicy' : 'enablePolicy', params))
  const duplicate = useAction(
    () => {
      const copy = freeName(name, names)
      return client.request('importPolicy', { query: { basedOn: 'none' }, body: { ...card.document, name: copy } })
    },
    ({ name: copy }) => go('policies', copy),
  )
  const failed = preview.error ?? run.error ?? turn.error ?? duplicate.error
  return (
    <Stack space="space.100">
      <Inline space="space.100" rowSpace="space.100" shouldWrap>
        <Button appearance="primary" isLoading={preview.isPending} onClick={() => preview.mutate()}>
          {text.previewNow}
        </Button>
        <Button isLoading={run.isPending} onClick={() => run.mutate()}>
          {text.runNow}
        </Button>
        <Button isLoading={turn.isPending} onClick={() => turn.mutate()}>
          {enabled ? text.disable : text.enable}
        </Button>
        <LinkButton href={hrefOf('policies', name, name === 'new' ? { stored: 'yes' } : {})}>{text.edit}</LinkButton>
        <Button isLoading={duplicate.isPending} onClick={() => duplicate.mutate()}>
          {text.duplicate}
        </Button>
        <Button appearance="subtle" onClick={() => setDeleting(true)}>
          {text.delete}
        </Button>
      </Inline>
      {failed && <Failure title={text.failed} message={failed.message} />}
      {deleting && <DeleteDialog name={name} onClose={() => setDeleting(false)} />}
    </Stack>
  )
}

function DeleteDialog({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const act = useAction(() => client.request('deletePolicy', { params: { name }, body: {} }), onClose)
  return (
    <ConfirmDialog
      title={text.deleteTitle(name)}
      confirm={text.deleteNow}
      failed={text.failed}
      act={act}
      onClose={onClose}
      testId="delete-policy"
    >
      <Text as="p">{text.deleteMeans}</Text>
    </ConfirmDialog>
  )
}

/** A name for a copy that differs from the name of every other policy, also when case is ignored. */
function freeName(name: string, names: readonly string[]): string {
  const taken = new Set(names.map((one) => one.toLowerCase()))
  for (let number = 1; ; number += 1) {
    const copy = text.copyOf(name, number)
    if (!taken.has(copy.toLowerCase())) return copy
  }
}
