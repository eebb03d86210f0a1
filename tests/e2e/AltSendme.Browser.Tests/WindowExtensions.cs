using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace AltSendme.Browser.Tests;

/// <summary>What tests do with windows again and again.</summary>
internal static class WindowExtensions
{
    private static readonly string[] Grave = ["serious", "critical"];

    public static ILocator Button(this IPage window, string name) => window.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    public static ILocator Button(this ILocator place, string name) => place.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true });

    /// <summary>Puts the files of this machine into the window as a person does who presses the button.</summary>
    public static async Task ChooseAsync(this IPage window, string button, params string[] paths)
    {
        var chooser = await window.RunAndWaitForFileChooserAsync(() => window.Button(button).ClickAsync());
        await chooser.SetFilesAsync(paths);
    }

    /// <summary>Waits until a card says how something stands.</summary>
    public static Task IsAsync(this ILocator card, string state) => Assertions.Expect(card.Locator(".card-head .badge").First).ToHaveTextAsync(state);

    /// <summary>Waits until a text can be read somewhere.</summary>
    public static Task SaysAsync(this ILocator place, string text) => Assertions.Expect(place).ToContainTextAsync(text);

    /// <summary>Keeps a picture of the window, and holds it to the rules of accessibility and to its width.</summary>
    public static async Task InspectAsync(this IPage window, string state, Look look)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "windows")).FullName;
        await window.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{state}-{look}.png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
        var result = await window.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        Assert.Empty(result.Violations.Where(static violation => Grave.Contains(violation.Impact)).Select(static violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Select(static node => node.Html))}"));
        Assert.True(await window.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{state} is wider than the window.");
    }
}
