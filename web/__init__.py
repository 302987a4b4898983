"""The aiohttp site: webhooks, the demo's chat page, health."""
