using System.Collections.Concurrent;
using AltSendme.EndToEnd.Tests;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using Microsoft.Playwright;

namespace AltSendme.Browser.Tests;

/// <summary>Somebody with a service and windows of their own. What the windows ask for is kept, to see that all of it is asked of this machine.</summary>
internal sealed class Person : IAsyncDisposable
{
    /// <summary>For somebody who will look for a sender in vain, to whom that is said soon.</summary>
    public static readonly (string Name, string Value) Impatient = ("ALTSENDME_Plugins__altsendme.iroh__HandshakeTimeout", "00:00:02");

    private readonly IBrowserContext _context;
    private readonly ConcurrentBag<string> _asked = [];
    private readonly ConcurrentBag<string> _complaints = [];
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(3));

    private Person(string home, IBrowserContext context)
    {
        Home = home;
        Service = new ServiceProcess(home);
        _context = context;
        context.Request += (_, request) => _asked.Add(request.Url);
        context.Console += (_, message) =>
        {
            // An error that the service answers with is one in the console, too.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _complaints.Add(message.Text);
        };
        context.WebError += (_, fault) => _complaints.Add(fault.Error);
        context.SetDefaultTimeout((float)Chromium.Patience.TotalMilliseconds);
    }

    public string Home { get; }

    /// <summary>Where everything goes that is received without another choice.</summary>
    public string Downloads => Path.Combine(Home, "Downloads");

    public ServiceProcess Service { get; }

    public ServiceConnection Client => Service.Client;

    /// <summary>A bound to everything a test waits for.</summary>
    public CancellationToken Limit => _limit.Token;

    public static Task<Person> StartAsync(Chromium chromium, string home, Look look, params (string Name, string Value)[] environment) => StartAsync(chromium, home, look, environment, null);

    public static async Task<Person> StartAsync(Chromium chromium, string home, Look look, (string Name, string Value)[] environment, string[]? launcher)
    {
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = look.Locale,
            ColorScheme = look.Scheme,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = look.Width, Height = 800 },
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        var person = new Person(Directory.CreateDirectory(home).FullName, context);
        await person.Service.StartAsync(person.Limit, environment, launcher);
        return person;
    }

    /// <summary>Opens a window as the command does: the browser opens the file that lets it in.</summary>
    public async Task<IPage> OpenAsync(WindowPage page, string? ticket = null, string? share = null)
    {
        var view = await Client.OpenWindowAsync(new WindowOrder { Page = page, Ticket = ticket, Share = share }, Limit);
        var window = await _context.NewPageAsync();
        await window.GotoAsync(new Uri(view.Door).AbsoluteUri);
        await window.WaitForURLAsync($"{view.Origin}/{page.ToString().ToLowerInvariant()}?w=*");
        await window.Locator("h1").WaitForAsync();
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await Service.DisposeAsync();
        _limit.Dispose();
        Assert.All(_asked.Where(static url => !url.StartsWith("file:", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal)), static url => Assert.Equal("127.0.0.1", new Uri(url).Host));
        Assert.Empty(_complaints);
    }
}
