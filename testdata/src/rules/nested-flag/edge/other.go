package shop

func elsewhere(ctx Ctx) int {
	if third(ctx) {
		return called(ctx)
	}
	return 0
}
