using Microsoft.Playwright;

namespace AltSendme.Browser.Tests;

/// <summary>Debian's Chromium, driven by the driver in Playwright's package. Nothing is downloaded, and no name but this machine's is resolved.</summary>
public sealed class Chromium : IAsyncLifetime
{
    public const string Program = "/usr/bin/chromium";

    /// <summary>How long something may take that a person waits for, on the busiest machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (!File.Exists(Program))
            return;
        Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            ChromiumSandbox = !Environment.IsPrivilegedProcess,
            Args = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        });
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>The tests that share one browser, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class WindowTests : ICollectionFixture<Chromium>
{
    public const string Name = "windows";
}
