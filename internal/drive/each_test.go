package drive_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/drive"
)

// TestEach calls for everything once, after what it depends on.
func TestEach(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		n := r.IntN(60)
		deps := make([][]int, n)
		for i := range deps {
			for range r.IntN(min(i+1, 4)) {
				deps[i] = append(deps[i], r.IntN(i)) // some of them twice
			}
		}
		var mu sync.Mutex
		done := make([]int, n)
		err := drive.Each(context.Background(), n, func(i int) []int { return deps[i] }, func(i int) {
			mu.Lock()
			defer mu.Unlock()
			for _, dep := range deps[i] {
				assert.Equal(t, 1, done[dep])
			}
			done[i]++
		})
		require.NoError(t, err)
		for i := range done {
			require.Equal(t, 1, done[i])
		}
	}
}

// TestEachStops when the context ends.
func TestEachStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	calls := 0
	chain := func(i int) []int {
		if i == 0 {
			return nil
		}
		return []int{i - 1}
	}
	err := drive.Each(ctx, 10, chain, func(int) {
		if calls++; calls == 3 {
			cancel()
		}
	})
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, 3, calls)
}
