// The editor of a policy: a form and YAML, with a preview. A saved policy is disabled until an admin previews and enables it.
import type { PolicyCard } from '@rollcall/api'
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import SectionMessage from '@atlaskit/section-message'
import { useState } from 'react'
import { parse, stringify } from 'yaml'
import { client } from '../host/client'
import { isRecord } from '../host/problem'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { Failure } from '../parts/failure'
import layout from '../parts/layout.module.css'
import { useAction } from '../parts/use-action'
import { go } from '../shell/route'
import type { Draft } from './draft'
import { PolicyForm } from './policy-form'
import { PolicyPreview } from './policy-preview'
import { YamlField } from './yaml-field'

const text = messages.policies

interface EditorProps {
  readonly initial: Draft
  readonly stored?: PolicyCard
  /** Parts of a filter that no policy supports. */
  readonly leftOut?: readonly string[]
  /** Whether another admin has deleted it in the meantime. */
  readonly deleted?: boolean
}

interface Written {
  readonly draft: Draft
  readonly yaml: string
  /** Why the text is not a valid document. */
  readonly broken: string | undefined
}

export function Editor({ initial, stored, leftOut = [], deleted = false }: EditorProps) {
  const [written, setWritten] = useState<Written>(() => asWritten(initial))
  // The version that this text is based on, also after another admin saves a newer one. A new name makes a new policy.
  const [{ name, version }, setBase] = useState({ name: stored?.name, version: stored?.version })
  function takeTheirs({ document, ...theirs }: PolicyCard) {
    setBase(theirs)
    setWritten(asWritten(document))
  }
  const { draft, yaml, broken } = written
  const basedOn = draft['name'] === name && !deleted ? version : undefined
  const save = useAction(
    () => client.request('importPolicy', { query: { basedOn: basedOn ?? 'none' }, body: draft }),
    () => go('policies'),
  )
  const fromForm = (next: Draft) => setWritten(asWritten(next))
  const fromText = (next: string) => setWritten(readInto(written, next))
  return (
    <div className={layout['cards']}>
      <Card title={text.form} testId="policy-form" span="half">
        <Stack space="space.200">
          {stored !== undefined && stored.version !== version && <SavedMeanwhile onTake={() => takeTheirs(stored)} />}
          {deleted && (
            <div role="status">
              <SectionMessage appearance="warning">
                <p>{text.deletedMeanwhile}</p>
              </SectionMessage>
            </div>
          )}
          {leftOut.map((part) => (
            <Text key={part} as="p">
              {text.leftOut(part)}
            </Text>
          ))}
          {/* While the YAML below is not a valid policy, the form is locked: it would overwrite the YAML. */}
          <fieldset className={layout['plain']} disabled={broken !== undefined}>
            <PolicyForm draft={draft} onChange={fromForm} renames={stored !== undefined} />
          </fieldset>
          {save.error && <Failure title={text.notSaved} message={save.error.message} />}
          <Text as="p" color="color.text.subtle">
            {stored?.enabled === true ? text.saveDisables : text.saveNew}
          </Text>
          <Inline space="space.100">
            <Button
              appearance="primary"
              isDisabled={broken !== undefined}
              isLoading={save.isPending}
              onClick={() => save.mutate()}
            >
              {text.save}
            </Button>
            <Button onClick={() => go('policies')}>{messages.cancel}</Button>
          </Inline>
        </Stack>
      </Card>
      <Card title={text.outlook} testId="policy-outlook" span="half">
        <PolicyPreview draft={draft} />
      </Card>
      <Card title={text.yaml} testId="policy-yaml" span="full">
        <YamlField value={yaml} broken={broken} onChange={fromText} />
      </Card>
    </div>
  )
}

const asWritten = (draft: Draft): Written => ({ draft, yaml: stringify(draft), broken: undefined })

/** Another admin saved the same policy. The text here stays until its author loads theirs. */
function SavedMeanwhile({ onTake }: { readonly onTake: () => void }) {
  return (
    <div role="status">
      <SectionMessage appearance="warning" title={text.savedMeanwhile} testId="saved-meanwhile">
        <Stack space="space.100" alignInline="start">
          <Text as="p">{text.savedMeanwhileMeans}</Text>
          <Button onClick={onTake}>{text.takeTheirs}</Button>
        </Stack>
      </SectionMessage>
    </div>
  )
}

/** Keeps the text; updates the document when the text is a valid one. */
function readInto(written: Written, yaml: string): Written {
  try {
    const document: unknown = parse(yaml)
    if (!isRecord(document)) return { ...written, yaml, broken: text.noDocument }
    return { draft: document, yaml, broken: undefined }
  } catch (failure) {
    return { ...written, yaml, broken: (failure as Error).message }
  }
}
