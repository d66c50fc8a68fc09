import type { components, operations } from './schema'

type Schemas = components['schemas']

export type Account = Schemas['Account']
export type AccountDetail = Schemas['AccountDetail']
export type AccountHealth = Schemas['AccountHealth']
export type AccountList = Schemas['AccountList']
export type Bucket = Schemas['Bucket']
export type Direction = Schemas['Direction']
export type FactorScore = Schemas['FactorScore']
export type HealthHistory = Schemas['HealthHistory']
export type Import = Schemas['Import']
export type ImportList = Schemas['ImportList']
export type IngestAccepted = Schemas['IngestAccepted']
export type IngestResult = Schemas['IngestResult']
export type Job = Schemas['Job']
export type JobAccepted = Schemas['JobAccepted']
export type JobStatus = Schemas['JobStatus']
export type Metrics = Schemas['Metrics']
export type MetricsHistory = Schemas['MetricsHistory']
export type PortfolioSummary = Schemas['PortfolioSummary']
export type Plugin = Schemas['Plugin']
export type Problem = Schemas['Problem']
export type Recommendation = Schemas['Recommendation']
export type Recommendations = Schemas['Recommendations']
export type RowError = Schemas['RowError']
export type Trend = Schemas['Trend']

export type AccountQuery = NonNullable<operations['list_accounts']['parameters']['query']>
export type AccountSort = NonNullable<AccountQuery['sort']>
