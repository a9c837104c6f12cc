package drive

import (
	"context"
	"runtime"
	"sync"
)

// Each calls f for n things, each after those that it depends on, which come before it,
// and as many at once as there are processors. It stops calling when the context ends.
func Each(ctx context.Context, n int, deps func(i int) []int, f func(i int)) error {
	done := make([]chan struct{}, n)
	for i := range done {
		done[i] = make(chan struct{})
	}
	limit := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			defer close(done[i])
			for _, dep := range deps(i) {
				<-done[dep]
			}
			limit <- struct{}{}
			defer func() { <-limit }()
			if ctx.Err() == nil {
				f(i)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
