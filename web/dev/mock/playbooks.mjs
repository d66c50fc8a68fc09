const rows = [
  ['Executive Business Review (EBR)', 'Engagement', 'High', '4-6 hours preparation + 1-2 hour meeting', ['Low user engagement', 'Critical health score', 'Below target health score'], 'Bring the sponsors together and agree on what success means this year.'],
  ['Feature Adoption Campaign', 'Adoption', 'High', '2-3 weeks', ['Low feature adoption', 'Low user engagement'], 'Show people the two or three features that would help them most.'],
  ['Technical Health Check', 'Support', 'High', '1-2 weeks', ['High support ticket volume', 'Critical health score'], 'Find the common cause behind the tickets and remove it.'],
  ['User Training & Enablement', 'Adoption', 'Medium', '3-4 weeks', ['Low feature adoption', 'High support ticket volume', 'Infrequent logins'], 'Train the people who use the product daily, by role.'],
  ['Quarterly Success Planning', 'Engagement', 'Medium', '2-3 hours', ['Below target health score', 'Low user engagement'], 'Set goals for the quarter, each with an owner.'],
  ['Champion User Program', 'Engagement', 'Medium', 'Ongoing', ['Low user engagement', 'Infrequent logins'], 'Find the enthusiasts and give them something to show.'],
  ['NPS Recovery Plan', 'Support', 'High', '2-4 weeks', ['Negative NPS score', 'Critical health score'], 'Understand what disappointed people and show that it changes.'],
  ['Integration Optimization', 'Adoption', 'Medium', '1-2 weeks', ['Low feature adoption', 'Below target health score'], 'Connect the product with the tools that are open all day anyway.'],
  ['Renewal Risk Mitigation', 'Engagement', 'High', '4-6 weeks', ['Critical health score', 'Negative NPS score', 'Low user engagement'], 'Secure the renewal before it is negotiated.'],
  ['Data Quality Improvement', 'Adoption', 'Low', '2-3 weeks', ['Low feature adoption', 'Below target health score'], 'Clean data makes every feature more useful.'],
]

export const playbooks = rows.map(([title, category, priority, estimated_effort, risk_factors, description], index) => ({
  id: index + 1,
  title,
  description,
  category,
  priority,
  estimated_effort,
  risk_factors,
  steps: [
    'Collect what is known: usage, tickets and the last three conversations',
    'Agree with the account owner on the one result that matters most',
    'Invite the people who decide and the people who use the product every day',
    'Show the numbers, ask what stands behind them, and write the answers down',
    'Agree on two measures with an owner and a day each',
    'Look at the health score again after four weeks and tell everybody how it went',
  ],
  created_at: '2024-10-01T00:00:00Z',
}))

const bonus = { High: 0.2, Medium: 0.1, Low: 0 }

export function recommend(risks) {
  return playbooks
    .map((playbook) => {
      const matching_risk_factors = risks.filter((risk) => playbook.risk_factors.some((trigger) => risk.toLowerCase().includes(trigger.toLowerCase())))
      const relevance = Math.min(matching_risk_factors.length / risks.length + bonus[playbook.priority], 1)
      return { playbook, relevance_score: Math.round(relevance * 100) / 100, matching_risk_factors }
    })
    .filter((entry) => entry.matching_risk_factors.length > 0)
    .sort((one, other) => other.relevance_score - one.relevance_score)
    .slice(0, 5)
}
