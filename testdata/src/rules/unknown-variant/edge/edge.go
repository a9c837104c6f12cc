package shop

import (
	"context"
	"strings"

	"github.com/open-feature/go-sdk/openfeature"
	client6 "github.com/splitio/go-client/v6/splitio/client"
)

var client = openfeature.NewClient("shop")

type user = openfeature.EvaluationContext

const quick = "quick"

func all(ctx context.Context, u user, other string) int {
	mode := client.String(ctx, "mode", "slow", u)
	switch mode {
	case "fast", quick: // want `flag "mode" has no variant "quick"`
	default:
	}
	switch mode {
	case "fast":
	case other:
	}
	if quick != mode { // want `flag "mode" has no variant "quick"`
		return 1
	}
	switch {
	case mode == "slwo": // want `flag "mode" has no variant "slwo"`
	case mode == "fast":
	}
	if client.Int(ctx, "limit", 20, u) == 30 { // want `flag "limit" has no variant 30`
		return 2
	}
	if client.String(ctx, "free", "", u) == "anything" {
		return 3
	}
	return 0
}

// The fallback is an answer as well.
func fallback(ctx context.Context, u user) bool {
	return client.String(ctx, "mode", "unset", u) == "unset"
}

// The empty string is no variant that somebody misspelt.
func none(ctx context.Context, u user) bool {
	mode := client.String(ctx, "mode", "slow", u)
	if mode == "" {
		return false
	}
	switch mode {
	case "", "fast":
		return true
	default:
		return false
	}
}

// What the SDK answers where it does not know the flag is an answer, too.
func sentinel(split *client6.SplitClient, id string) bool {
	switch split.Treatment(id, "mode", nil) {
	case "fast", "slow":
		return true
	case "control":
		return false
	case "controls": // want `flag "mode" has no variant "controls"`
	}
	return false
}

// Where the value is folded, the variants are compared as that leaves them.
func folded(ctx context.Context, u user, other string) bool {
	loud := client.String(ctx, "loud", "Slow", u)
	switch strings.ToLower(loud) { // want `the switch on flag "loud" has no case for "Slow" and no default`
	case "fast":
	case "quick": // want `flag "loud" has no variant "quick"`
	}
	switch strings.ToLower(strings.TrimSpace(loud)) {
	case "fast", "slow":
	}
	switch strings.ToUpper(client.String(ctx, "loud", "Slow", u)) {
	case "FAST":
	case "Slow": // want `flag "loud" has no variant "Slow"`
	default:
	}
	switch strings.ToLower(other) {
	case "quick":
	}
	if strings.ToLower(loud) == "fast" || "quick" == strings.ToLower(loud) { // want `flag "loud" has no variant "quick"`
		return true
	}
	return strings.EqualFold(loud, "FAST") || strings.EqualFold("Quick", loud) || // want `flag "loud" has no variant "Quick"`
		strings.EqualFold(loud, other)
}

// A helper that answers without asking may answer anything.
func mode(ctx context.Context, key string, u user) string {
	if client == nil {
		return "off"
	}
	return client.String(ctx, key, "slow", u)
}

func helper(ctx context.Context, u user) bool {
	switch mode(ctx, "mode", u) {
	case "off":
		return true
	}
	return mode(ctx, "mode", u) == "off"
}
