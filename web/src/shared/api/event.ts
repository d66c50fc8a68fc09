import type { components } from './schema'

type Schemas = components['schemas']

export type AttributeType = Schemas['AttributeType']
export type AttributeValue = string | number | boolean | null
export type CustomerEvent = Schemas['Event']
export type EventAttribute = Schemas['EventAttribute']
export type EventType = Schemas['EventType']
export type RecordedEvent = Schemas['EventRecorded']['data']

export interface EventDraft {
  event_type: string
  event_data: Record<string, AttributeValue>
  timestamp?: string
}
