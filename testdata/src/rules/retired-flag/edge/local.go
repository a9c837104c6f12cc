package shop

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strconv"

	"github.com/open-feature/go-sdk/openfeature"
)

// Both functions name strconv last, so that one fix holds the changes of both.
func firstLast(ctx context.Context, user openfeature.EvaluationContext, n int) string {
	if client.Boolean(ctx, "slow-search", false, user) { // want `flag "slow-search" is retired`
		return strconv.Itoa(n)
	}
	return ""
}

func secondLast(ctx context.Context, user openfeature.EvaluationContext, n int) string {
	slow, err := client.BooleanValue(ctx, "slow-search", false, user) // want `flag "slow-search" is retired`
	if err != nil {
		return err.Error()
	}
	switch {
	case slow:
		return strconv.Itoa(n)
	default:
		return fmt.Sprint(n)
	}
}

// What only this function called stays, and so does what it returns.
func rank(ctx context.Context, user openfeature.EvaluationContext, list []int) error {
	if slow := client.Boolean(ctx, "slow-search", false, user); slow { // want `flag "slow-search" is retired`
		bubble(list)
		return nil
	} else if len(list) == 0 {
		return errors.New("nothing to rank")
	}
	sort.Ints(list)
	return nil
}

func bubble([]int) {}

// A package variable stays, with the value.
var slowAtStart = client.Boolean(context.Background(), "slow-search", false, openfeature.EvaluationContext{}) // want `flag "slow-search" is retired`

// A finding that is to be left alone has no fix.
func kept(ctx context.Context, user openfeature.EvaluationContext) bool {
	//flaglint:ignore retired-flag until the old servers are gone
	slow := client.Boolean(ctx, "slow-search", false, user)
	return slow || client.Boolean(ctx, "slow-search", false, user) && slow // want `flag "slow-search" is retired`
}
