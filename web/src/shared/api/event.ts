import type { HealthStatus } from './health'

export type AttributeType = 'string' | 'number' | 'boolean'
export type AttributeValue = string | number | boolean | null

export interface EventAttribute {
  name: string
  type: AttributeType
  required: boolean
  above: number | null
  minimum: number | null
  maximum: number | null
  choices: string[]
}

export interface EventType {
  name: string
  description: string
  built_in: boolean
  attributes: EventAttribute[]
}

export interface CustomerEvent {
  id: number
  event_type: string
  event_data: Record<string, unknown>
  timestamp: string
  received_at: string
  message_id: string | null
}

export interface EventDraft {
  event_type: string
  event_data: Record<string, AttributeValue>
  timestamp?: string
}

export interface RecordedEvent {
  event_id: number
  customer_id: number
  customer_name: string
  event_type: string
  timestamp: string
  message: string
  duplicate: boolean
  new_health_score: number | null
  new_health_status: HealthStatus | null
}
