package shop

import (
	"context"
	"net/http"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

type user = openfeature.EvaluationContext

var lazily = func() bool { return client.Boolean(context.Background(), "new-checkout", false, user{}) }

var limit int64

func init() {
	limit = client.Int(context.Background(), "limit", 20, user{}) // want `flag "limit" is evaluated once, in init`
}

type Shop struct {
	onePage bool
	handler http.HandlerFunc
}

func NewShop() *Shop {
	return &Shop{onePage: client.Boolean(context.Background(), "new-checkout", false, user{})} // want `evaluated once, in the constructor NewShop`
}

func NewOther() (*Shop, error) {
	on, err := client.BooleanValue(context.Background(), "new-checkout", false, user{}) // want `in the constructor NewOther`
	if err != nil {
		return nil, err
	}
	s := &Shop{}
	s.onePage = !on
	return s, nil
}

// A request's object is made for each request.
func NewForRequest(ctx context.Context) *Shop {
	return &Shop{onePage: client.Boolean(ctx, "new-checkout", false, user{})}
}

// The answer is not kept, or asked again each time.
func NewLazy() *Shop {
	if client.Boolean(context.Background(), "warm-up", false, user{}) {
		work()
	}
	return &Shop{handler: func(w http.ResponseWriter, r *http.Request) {
		client.Boolean(r.Context(), "new-checkout", false, user{})
	}}
}

func NewNumber() int64 { return client.Int(context.Background(), "limit", 20, user{}) }

func work() {}
