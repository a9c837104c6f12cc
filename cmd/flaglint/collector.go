package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// The percentages of garbage collection: most of what is allocated lives until the end, so
// that few collections cost little memory, until there is much of it.
const (
	fewCollections  = 200
	moreCollections = 115
	muchMemory      = 48 << 20 // bytes that are in use
)

// collect sets how often garbage is collected: seldom, and more often once much memory is
// in use. What is remembered keeps most runs below that.
func collect() {
	debug.SetGCPercent(fewCollections)
	watchCollections()
}

// watchCollections looks at what each collection left in use, until it is much.
func watchCollections() {
	runtime.SetFinalizer(new([16]byte), func(*[16]byte) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		if live[0].Value.Kind() == metrics.KindUint64 && live[0].Value.Uint64() > muchMemory {
			debug.SetGCPercent(moreCollections)
			return
		}
		watchCollections()
	})
}
