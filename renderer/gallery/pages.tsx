import { ERROR_CODES } from '@domain/errors';
import { Button } from '@mantine/core';
import { ApiError } from '@renderer/api/client';
import { PinPad } from '@renderer/screens/session/PinPad';
import {
  BigBox,
  CheckField,
  Chip,
  ConfirmDialog,
  Count,
  Day,
  EmptyState,
  ErrorNote,
  FieldRow,
  FieldStack,
  HoldButton,
  MicroMoney,
  Money,
  MoneyField,
  Note,
  NumberField,
  Panel,
  PhoneText,
  ProgressLine,
  Screen,
  SecretField,
  SelectField,
  SkeletonLines,
  StatRow,
  StatTile,
  SwitchField,
  TextAreaField,
  TextField,
  toast,
  When,
} from '@renderer/ui';
import { IconPlus, IconSearch, IconUsers } from '@tabler/icons-react';
import { type ComponentType, useState } from 'react';
import { Example, Line, Page } from './parts';
import { NOW, people } from './sample';
import { Tables } from './tables';

function Small() {
  const [held, setHeld] = useState(0);
  return (
    <Page>
      <Example title="Buttons">
        <Line>
          <Button leftSection={<IconPlus size={18} stroke={1.75} />}>New campaign</Button>
          <Button variant="default">Export</Button>
          <Button variant="subtle">Undo</Button>
          <Button variant="light">See who</Button>
          <Button color="brick">Erase Ana</Button>
          <Button disabled>Save changes</Button>
          <Button loading>Save changes</Button>
        </Line>
      </Example>
      <Example title="Hold to send (also Space, Enter, or two clicks by assistive technology)">
        <Line>
          <HoldButton onDone={() => setHeld((n) => n + 1)}>Text 312 people · about $6.20</HoldButton>
          <HoldButton tone="danger" onDone={() => setHeld((n) => n + 1)}>
            Stop everything
          </HoldButton>
          <HoldButton disabled onDone={() => undefined}>
            Nobody to text
          </HoldButton>
          <span>done {held} times</span>
        </Line>
      </Example>
      <Example title="Chips and states">
        <Line>
          <Chip>Draft</Chip>
          <Chip tone="info" dot>
            Sending
          </Chip>
          <Chip tone="good" dot>
            Sent
          </Chip>
          <Chip tone="warn" dot>
            Paused: 3 numbers failed
          </Chip>
          <Chip tone="danger" dot>
            Stopped
          </Chip>
        </Line>
      </Example>
      <Example title="Values">
        <Line>
          <Money cents={123_456} />
          <Money cents={-4_500} sign />
          <Money cents={9_876_543_210} round />
          <MicroMoney micros={8300} currency="USD" />
          <MicroMoney micros={18_420_000} currency="USD" />
          <Count n={3912} />
          <PhoneText phone="+12125550142" />
          <PhoneText phone="+442071838750" />
          <When at={NOW} />
          <When at={Date.now()} near />
          <Day day="2026-11-24" />
        </Line>
      </Example>
      <Example title="Tiles: full, with ranges, loading, very large, clickable">
        <StatRow>
          <StatTile label="Texts sent" value={<Count n={312} />} note="37 skipped: month used up" />
          <StatTile label="Came in" value="24" note="3 to 46 because of the text" tone="good" />
          <StatTile label="Takings" value={<Money cents={9_876_543_200} round />} note="$1,204,000 to $9,000,000" />
          <StatTile label="Asked us to stop" value="2" note="0.6 % of 312" tone="warn" onClick={() => undefined} />
          <StatTile label="Replies" value="" loading />
        </StatRow>
      </Example>
      <Example title="Progress">
        <ProgressLine share={0.34} label="Importing items-2026-11.csv" detail="41,200 of 120,000 · about 2 min left" />
        <ProgressLine share={null} label="Reading the file" />
        <ProgressLine share={0.6} label="Paused" tone="warn" detail="180 of 312" />
        <ProgressLine
          share={1}
          label="A very long name of a job that does not fit into one line because somebody wrote a whole story into it, and then some more"
          detail="done"
        />
      </Example>
      <Example title="Toasts">
        <Line>
          <Button variant="default" onClick={() => toast({ title: 'Copied to the clipboard' })}>
            Plain
          </Button>
          <Button
            variant="default"
            onClick={() =>
              toast({
                title: 'Redeemed: 20 % off',
                body: 'Ana Ortiz, K7M-4Q9X',
                tone: 'good',
                action: { label: 'Undo', onClick: () => undefined },
              })
            }
          >
            With undo
          </Button>
          <Button
            variant="default"
            onClick={() => toast({ title: 'Regulars restarted a part of itself. Everything saved is safe.', tone: 'warn' })}
          >
            Warning
          </Button>
        </Line>
      </Example>
    </Page>
  );
}

function Forms() {
  const [text, setText] = useState('Corner Shoes');
  const [n, setN] = useState<number | null>(4);
  const [money, setMoney] = useState<number | null>(12_000);
  const [on, setOn] = useState(true);
  const [one, setOne] = useState<'a' | 'b'>('a');
  const [open, setOpen] = useState(false);
  return (
    <Page>
      <Panel title="A form" hint="One quiet line: what this answers.">
        <FieldStack>
          <TextField label="Shop name" hint="As people know it." value={text} onChange={setText} />
          <TextField label="Phone" value="12" onChange={() => undefined} error="This does not look like a phone number." />
          <FieldRow>
            <NumberField label="At most" unit="texts a month" value={n} onChange={setN} width={240} />
            <MoneyField label="Monthly limit" cents={money} onChange={setMoney} />
            <SelectField
              label="May do"
              value={one}
              onChange={setOne}
              options={[
                { value: 'a', label: 'The counter' },
                { value: 'b', label: 'Everything' },
              ]}
            />
          </FieldRow>
          <SecretField label="PIN" value="1234" onChange={() => undefined} />
          <TextAreaField label="Text" value={'Hi Ana, your size is in.\nReply HOLD and we keep a pair.'} onChange={() => undefined} />
          <CheckField label="I would like texts from Corner Shoes" hint="At most 4 a month." checked={on} onChange={setOn} />
          <SwitchField label="Our sender is approved" checked={on} onChange={setOn} />
          <TextField label="Not now" value="Disabled" onChange={() => undefined} disabled />
        </FieldStack>
      </Panel>
      <Example title="The counter’s box">
        <BigBox
          label="Find"
          value=""
          onChange={() => undefined}
          onSubmit={() => undefined}
          placeholder="Phone, name, e-mail or code"
          icon={<IconSearch size={28} stroke={1.6} />}
          hint="Or scan a code."
        />
      </Example>
      <Example title="Confirmation">
        <div>
          <Button color="brick" variant="light" onClick={() => setOpen(true)}>
            Erase Ana…
          </Button>
        </div>
        <ConfirmDialog
          open={open}
          onClose={() => setOpen(false)}
          title="Erase Ana Ortiz?"
          confirm="Erase Ana"
          danger
          onConfirm={() => setOpen(false)}
        >
          <p>Her name, number and notes are gone for good. That she asked to stop is remembered without her number.</p>
        </ConfirmDialog>
      </Example>
    </Page>
  );
}

function States() {
  return (
    <Page>
      <Example title="Notes">
        <Note>Texts keep to quiet hours in each person’s own time.</Note>
        <Note tone="good" title="Connected">
          Replies are read every minute.
        </Note>
        <Note tone="warn" title="Replies to this service would be lost" action={<Button variant="default">Fix it</Button>}>
          It has no place for incoming texts.
        </Note>
        <ErrorNote error={new ApiError('sms.unreachable')} onRetry={() => undefined} />
        <ErrorNote error={new ApiError('bug', {}, 'Error: boom\n  at somewhere')} onRetry={() => undefined} />
      </Example>
      <Example title="Empty">
        <Panel>
          <EmptyState icon={<IconUsers size={28} stroke={1.5} />} title="No customers yet" action={<Button>Bring in a till export</Button>}>
            Customers come from your till’s export, or one by one from the counter.
          </EmptyState>
        </Panel>
      </Example>
      <Example title="Loading">
        <Panel>
          <SkeletonLines lines={5} />
        </Panel>
      </Example>
      <Example title="Panels with a tone">
        <Panel tone="warn" title="3 texts are uncertain" hint="The connection broke in the middle; we ask Twilio what became of them.">
          <Button variant="default">Look at them</Button>
        </Panel>
        <Panel tone="danger" title="Sending has stopped" hint="Too many failures in the first 20." />
        <Panel tone="accent" title="Text the other 72" hint="About 140 of 212 come anyway." />
      </Example>
    </Page>
  );
}

function Errors() {
  return (
    <Page>
      {ERROR_CODES.map((code) => (
        <Example key={code} title={code}>
          <ErrorNote error={new ApiError(code, { seconds: 42, field: 'frist name', line: 812 })} />
        </Example>
      ))}
    </Page>
  );
}

const Pin = () => (
  <PinPad people={people} hint={null} onDone={() => toast({ title: 'Signed in', tone: 'good' })} onClose={() => undefined} />
);
const PinOne = () => (
  <PinPad people={people.slice(1, 2)} hint="1234" onDone={() => toast({ title: 'Entrado', tone: 'good' })} onClose={() => undefined} />
);

const ScreenShape = () => (
  <Screen
    title="Campaigns with a rather long title that someone wrote to see what happens when it does not fit"
    subtitle="What you sent, and what came of it."
    badge={<Chip tone="info">Sending</Chip>}
    up={{ label: 'Campaigns', onClick: () => undefined }}
    actions={<Button variant="default">Export</Button>}
    primary={<Button>New campaign</Button>}
  >
    <Panel title="Panel" hint="Hint">
      Content
    </Panel>
    <Panel title="Another" />
  </Screen>
);

/** Pages of the gallery by name. */
export const pages: Record<string, ComponentType> = {
  'Small parts': Small,
  Forms,
  States,
  Tables,
  'Screen shape': ScreenShape,
  'Error words': Errors,
  'PIN pad: people': Pin,
  'PIN pad: one': PinOne,
};
