"""The running services: the GraphQL API, the notification worker and what both stand on."""
