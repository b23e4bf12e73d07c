package dev.bandolier.server;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A server with a database of its own and a browser in front of it, from before the first test of a class until after
/// the last.
final class Stage implements BeforeAllCallback, AfterAllCallback {

    private Site site;
    private Api node;
    private Browser browser;

    @Override
    public void beforeAll(ExtensionContext context) {
        site = Site.fresh();
        browser = Browser.open();
        node = site.node();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (browser != null) {
            browser.close();
        }
        if (site != null) {
            site.close();
        }
    }

    Site site() {
        return site;
    }

    Api node() {
        return node;
    }

    Browser browser() {
        return browser;
    }

    /// A new window for a new person, on this page of the server.
    ///
    /// @param path what follows the server's address, such as `/#/audit`
    Page page(String path, Browser.Look look) {
        return browser.page(node.address() + path, look);
    }
}
