import type { components } from './schema'

type Schemas = components['schemas']

export type CustomerHealth = Schemas['HealthReport']
/** Further members are details of the factor. */
export type FactorHealth = Schemas['HealthReportFactor']
export type HealthStatus = Schemas['HealthStatus']
export type SmallestChange = Schemas['SmallestChange']
export type FactorStep = Schemas['FactorStep']
export type HealthEntry = Schemas['HealthDay']
export type HealthChanges = Schemas['HealthMove']
export type ChangeLine = Schemas['HealthMoveLine']
