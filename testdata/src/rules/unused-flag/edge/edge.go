package shop

const OnlyNamed = "only-named"
