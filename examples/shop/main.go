// Shop is a small web service that decides some of its ways by feature flags.
package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"strconv"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"

	"github.com/flaghygiene/flaglint/examples/shop/internal/catalog"
	"github.com/flaghygiene/flaglint/examples/shop/internal/checkout"
	"github.com/flaghygiene/flaglint/examples/shop/internal/flags"
)

func main() {
	// A real service would take a provider that asks a flag service.
	if err := openfeature.SetProviderAndWait(memprovider.NewInMemoryProvider(nil)); err != nil {
		log.Fatal(err)
	}
	client := flags.New(openfeature.NewClient("shop"))
	log.Fatal(http.ListenAndServe("localhost:8080", handler(client)))
}

func handler(client *flags.Client) http.Handler {
	goods := catalog.New(client, []catalog.Product{
		{Name: "blue kettle", Cents: 2900, Sold: 12},
		{Name: "red kettle", Cents: 3100, Sold: 40},
		{Name: "tea", Cents: 700, Sold: 95},
	})
	till := checkout.New(client)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /search", func(w http.ResponseWriter, r *http.Request) {
		reply(w, goods.Search(r.Context(), r.FormValue("q")))
	})
	mux.HandleFunc("GET /checkout", func(w http.ResponseWriter, r *http.Request) {
		cents, err := strconv.Atoi(r.FormValue("cents"))
		if err != nil {
			http.Error(w, "cents is no number", http.StatusBadRequest)
			return
		}
		reply(w, till.Quote(r.Context(), cents))
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		reply(w, health(r.Context(), client))
	})
	return mux
}

func health(ctx context.Context, client *flags.Client) map[string]bool {
	return map[string]bool{"payments": client.On(ctx, flags.Payments)}
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		log.Print(err)
	}
}
