package drive

import (
	"container/heap"
	"context"
	"runtime"
	"sync"
)

// Each calls f for n things, each after those that it depends on, which come before it,
// and as many at once as there are processors. Of those that could be next the
// first one is, so that what belongs together is done together. It stops calling
// when the context ends.
func Each(ctx context.Context, n int, deps func(i int) []int, f func(i int)) error {
	var (
		mu      sync.Mutex
		changed = sync.NewCond(&mu)
		ready   indexes
		left    = n
		waits   = make([]int, n)
		users   = make([][]int, n)
	)
	for i := range n {
		for _, dep := range deps(i) {
			waits[i]++
			users[dep] = append(users[dep], i)
		}
		if waits[i] == 0 {
			heap.Push(&ready, i)
		}
	}
	work := func() {
		mu.Lock()
		defer mu.Unlock()
		for {
			for len(ready) == 0 && left > 0 {
				changed.Wait()
			}
			if left == 0 {
				return
			}
			i := heap.Pop(&ready).(int)
			mu.Unlock()
			if ctx.Err() == nil {
				f(i)
			}
			mu.Lock()
			left--
			for _, user := range users[i] {
				if waits[user]--; waits[user] == 0 {
					heap.Push(&ready, user)
				}
			}
			changed.Broadcast()
		}
	}
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(work)
	}
	wg.Wait()
	return ctx.Err()
}

// indexes is a heap of numbers, the least first.
type indexes []int

func (x indexes) Len() int           { return len(x) }
func (x indexes) Less(i, j int) bool { return x[i] < x[j] }
func (x indexes) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }
func (x *indexes) Push(v any)        { *x = append(*x, v.(int)) }
func (x *indexes) Pop() any {
	last := (*x)[len(*x)-1]
	*x = (*x)[:len(*x)-1]
	return last
}
