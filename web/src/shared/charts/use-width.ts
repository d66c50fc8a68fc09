import { useEffect, useRef, useState, type RefObject } from 'react'

/** The width of an element in pixels, kept current; charts draw themselves for it. */
export function useWidth<T extends HTMLElement>(): [RefObject<T>, number] {
  const element = useRef<T>(null)
  const [width, setWidth] = useState(0)

  useEffect(() => {
    if (!element.current) return undefined
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.floor(entry.contentRect.width))
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])

  return [element, width]
}
