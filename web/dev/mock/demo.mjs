const dayMs = 86_400_000
const first = ['Aurora', 'Basalt', 'Cobalt', 'Delta', 'Ember', 'Fjord', 'Granite', 'Harbor', 'Indigo', 'Juniper', 'Kestrel', 'Lumen', 'Meridian', 'Nimbus', 'Orchard', 'Pinnacle', 'Quartz', 'Ridge', 'Summit', 'Tidal']
const second = ['Analytics', 'Foods', 'Health', 'Logistics', 'Media', 'Mobility', 'Robotics', 'Retail', 'Systems', 'Works']
const segments = [['Enterprise', 0.2, 150000, 700000, 140], ['Mid-Market', 0.3, 40000, 160000, 60], ['SMB', 0.35, 6000, 40000, 18], ['Startup', 0.15, 3000, 24000, 12]]
const regions = ['US', 'EU', 'APAC', 'LATAM']

/** Always the same numbers for the same seed. */
export function generator(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** 200 accounts with 90 days each, of all moods. */
export function fillWithDemo(store, today = new Date()) {
  const random = generator(42)
  for (let index = 0; index < 200; index += 1) {
    const pick = random()
    let reached = 0
    const [segment, , low, high, users] = segments.find(([, share]) => (reached += share) > pick) ?? segments[0]
    const arr = Math.round((low + random() ** 2 * (high - low)) / 500) * 500
    const region = regions[Math.floor(random() ** 1.5 * regions.length)]
    const mood = Math.min(Math.max(0.15 + random() * 0.85, 0), 1)
    const drift = (random() - 0.5) * 0.5
    const nps = random() < 0.15 ? null : Math.round(mood * 150 - 70 + random() * 20)
    for (let day = 0; day < 90; day += 1) {
      const now = Math.min(Math.max(mood + drift * (day / 89 - 0.5) + (random() - 0.5) * 0.08, 0.02), 1)
      store.upsert(
        {
          account_name: `${first[index % 20]} ${second[Math.floor(index / 20)]}`,
          segment,
          region,
          arr,
          date: new Date(today.getTime() - (89 - day) * dayMs).toISOString().slice(0, 10),
          daily_active_users: Math.round(users * now * (0.9 + random() * 0.3)),
          feature_adoption_rate: Math.round(now * 95) / 100,
          support_tickets_open: Math.round((1 - now) * 9 * random() * 1.3),
          nps_score: nps === null ? null : Math.min(nps, 100),
          login_frequency: Math.round(Math.min(now * 1.1, 1) * 100) / 100,
        },
        new Date(today.getTime() - index * 3_600_000).toISOString(),
      )
    }
  }
}
