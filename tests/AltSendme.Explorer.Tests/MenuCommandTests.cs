using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using AltSendme.Explorer.Com;
using AltSendme.Explorer.Commands;
using AltSendme.Explorer.Hosting;

namespace AltSendme.Explorer.Tests;

/// <summary>Explorer's entries as Explorer calls them: through the tables of functions, by the numbers that the Windows headers give them.</summary>
public sealed class MenuCommandTests
{
    private const string ClassFactoryId = "00000001-0000-0000-C000-000000000046";
    private const string ExplorerCommandId = "A08CE4D0-FA25-44AB-B57C-C7B1C323E0B9";
    private const string ExecuteCommandId = "7F9185B0-CB92-43C5-80A9-92277A4F7B54";
    private const string WithSelectionId = "1C9CD5BB-98E9-4491-A60F-31AACC72B83C";
    private const string WithSiteId = "FC4801A3-2BA9-11CF-A229-00AA003D7352";
    private const string InitializeId = "85075ACF-231F-40EA-9610-D26B7B58F638";
    private const string ItemArrayId = "B63EA76D-1F85-456F-A19C-48159EFA858B";
    private const string UnknownId = "00000000-0000-0000-C000-000000000046";
    private const int NotImplemented = unchecked((int)0x80004001);
    private const int NoInterface = unchecked((int)0x80004002);
    private const int NoAggregation = unchecked((int)0x80040110);

    private static readonly Guid ClassId = new("0f0e0d0c-0b0a-0908-0706-050403020100");
    private static readonly string[] Awkward = [@"C:\Users\me\a b & 'c'.txt", @"\\server\share\ünï ☃ 文件", @"C:\" + string.Join('\\', Enumerable.Repeat(new string('x', 100), 30))];

    private readonly ServerLifetime _lifetime = new(TimeProvider.System);
    private readonly Channel<Selection> _ran = Channel.CreateUnbounded<Selection>();

    [Fact]
    public unsafe void It_says_what_the_menu_shows()
    {
        using var command = Make().Query(ExplorerCommandId);
        using var items = Items(new ChosenItems(Awkward));

        Assert.Equal("Send with AltSendme", command.Text(3, items.Value));
        Assert.Equal(@"C:\altsendme-explorer.exe,0", command.Text(4, items.Value));
        Assert.Equal("Puts a ticket on the clipboard", command.Text(5, items.Value));
        Guid name;
        Assert.Equal(0, command.Call(6, (nint)(&name)));
        Assert.Equal(ClassId, name);
        uint flags = 7;
        Assert.Equal(0, command.Call(9, (nint)(&flags)));
        Assert.Equal(0u, flags);
    }

    [Fact]
    public unsafe void It_has_no_commands_below_it()
    {
        using var command = Make().Query(ExplorerCommandId);
        nint commands = 0;

        Assert.Equal(NotImplemented, command.Call(10, (nint)(&commands)));
    }

    [Fact]
    public void It_is_hidden_where_nothing_is_selected_and_shown_otherwise()
    {
        using var command = Make().Query(ExplorerCommandId);
        using var items = Items(new ChosenItems(Awkward));
        using var none = Items(new ChosenItems([]));

        Assert.Equal(0u, State(command, items.Value));
        Assert.Equal(2u, State(command, none.Value));
        Assert.Equal(2u, State(command, 0));
    }

    [Fact]
    public async Task Invoked_it_shares_all_of_a_selection_at_once_whatever_the_names()
    {
        InvokeWith(new ChosenItems(Awkward));

        Assert.Equal(Awkward, (await _ran.Reader.ReadAsync()).Paths);
        await _lifetime.Running;
        Assert.False(_ran.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_static_verb_executes_it_with_the_selection_that_it_was_given_before()
    {
        ExecuteWith(new ChosenItems(Awkward));

        Assert.Equal(Awkward, (await _ran.Reader.ReadAsync()).Paths);
    }

    [Fact]
    public async Task What_has_no_path_is_named()
    {
        InvokeWith(new ChosenItems([@"C:\a"], "in an archive", "on a phone"));

        var selection = await _ran.Reader.ReadAsync();
        Assert.Equal([@"C:\a"], selection.Paths);
        Assert.Equal(["in an archive", "on a phone"], selection.WithoutPath);
    }

    [Fact]
    public async Task Ten_thousand_items_are_one_share()
    {
        InvokeWith(new ChosenItems([.. Enumerable.Range(0, 10_000).Select(static number => $@"C:\{number}")]));

        Assert.Equal(10_000, (await _ran.Reader.ReadAsync()).Paths.Count);
    }

    [Fact]
    public unsafe void It_gives_back_the_selection_and_the_window_that_it_was_given()
    {
        using var unknown = Make();
        using var withSelection = unknown.Query(WithSelectionId);
        using var withSite = unknown.Query(WithSiteId);
        using var items = Items(new ChosenItems(Awkward));
        using var itself = items.Query(UnknownId);
        nint given = 0;

        Assert.True(Get(withSelection, ItemArrayId, &given) < 0);
        Assert.True(Get(withSite, UnknownId, &given) < 0);
        Assert.Equal(0, withSelection.Call(3, items.Value));
        Assert.Equal(0, Get(withSelection, ItemArrayId, &given));
        using (var selection = new ComPointer(given))
        using (var same = selection.Query(UnknownId))
            Assert.Equal(itself.Value, same.Value);
        Assert.Equal(0, withSite.Call(3, items.Value));
        Assert.Equal(0, Get(withSite, UnknownId, &given));
        using (var site = new ComPointer(given))
            Assert.Equal(itself.Value, site.Value);
        Assert.Equal(0, withSite.Call(3, 0));
    }

    [Fact]
    public unsafe void It_is_told_how_it_was_clicked_and_minds_nothing_of_it()
    {
        using var unknown = Make();
        using var initialize = unknown.Query(InitializeId);
        using var execute = unknown.Query(ExecuteCommandId);
        fixed (char* text = "AltSendme.Send")
        {
            Assert.Equal(0, ((delegate* unmanaged[MemberFunction]<nint, char*, nint, int>)initialize.Slot(3))(initialize.Value, text, 0));
            Assert.Equal(0, ((delegate* unmanaged[MemberFunction]<nint, char*, int>)execute.Slot(4))(execute.Value, text));
            Assert.Equal(0, ((delegate* unmanaged[MemberFunction]<nint, char*, int>)execute.Slot(8))(execute.Value, null));
        }

        Assert.Equal(0, ((delegate* unmanaged[MemberFunction]<nint, uint, int>)execute.Slot(3))(execute.Value, 4));
        Assert.Equal(0, ((delegate* unmanaged[MemberFunction]<nint, ScreenPoint, int>)execute.Slot(5))(execute.Value, new ScreenPoint(3, 4)));
        Assert.Equal(0, ((delegate* unmanaged[MemberFunction]<nint, int, int>)execute.Slot(6))(execute.Value, 1));
        Assert.Equal(0, ((delegate* unmanaged[MemberFunction]<nint, int, int>)execute.Slot(7))(execute.Value, 1));
    }

    [Fact]
    public unsafe void A_factory_makes_no_part_of_another_object_and_nothing_that_it_does_not_know()
    {
        using var factory = Factory();
        nint made = 1;

        Assert.Equal(NoAggregation, Create(factory, 1, UnknownId, &made));
        Assert.Equal(0, made);
        Assert.Equal(NoInterface, Create(factory, 0, "11111111-2222-3333-4444-555555555555", &made));
        Assert.Equal(0, made);
    }

    [Fact]
    public void The_process_stays_while_an_object_is_held_or_the_server_is_locked()
    {
        using var factory = Factory();
        Assert.False(_lifetime.IsNeeded);
        Assert.Equal(0, factory.Call(4, 1));
        Assert.True(_lifetime.IsNeeded);
        Assert.Equal(0, factory.Call(4, 0));
        Assert.False(_lifetime.IsNeeded);

        HoldAndLetGo();
        Collect();

        Assert.False(_lifetime.IsNeeded);
    }

    [Fact]
    public async Task The_process_stays_until_what_was_begun_is_done()
    {
        var done = new TaskCompletionSource();
        _lifetime.Run(() => done.Task);
        Assert.True(_lifetime.IsNeeded);

        done.SetException(new InvalidOperationException());
        await _lifetime.Running;

        Assert.False(_lifetime.IsNeeded);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void HoldAndLetGo()
    {
        using var command = Make();
        Collect();
        Assert.True(_lifetime.IsNeeded);
    }

    private static void Collect()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private unsafe void InvokeWith(ChosenItems chosen)
    {
        using var command = Make().Query(ExplorerCommandId);
        using var items = Items(chosen);
        Assert.Equal(0, ((delegate* unmanaged[MemberFunction]<nint, nint, nint, int>)command.Slot(8))(command.Value, items.Value, 0));
    }

    private void ExecuteWith(ChosenItems chosen)
    {
        using var unknown = Make();
        using var withSelection = unknown.Query(WithSelectionId);
        using var execute = unknown.Query(ExecuteCommandId);
        using var items = Items(chosen);
        Assert.Equal(0, withSelection.Call(3, items.Value));
        Assert.Equal(0, execute.Call(9));
    }

    private static unsafe uint State(ComPointer command, nint items)
    {
        uint state = 99;
        Assert.Equal(0, ((delegate* unmanaged[MemberFunction]<nint, nint, int, uint*, int>)command.Slot(7))(command.Value, items, 1, &state));
        return state;
    }

    private static unsafe int Get(ComPointer pointer, string interfaceId, nint* result)
    {
        var id = new Guid(interfaceId);
        return ((delegate* unmanaged[MemberFunction]<nint, Guid*, nint*, int>)pointer.Slot(4))(pointer.Value, &id, result);
    }

    private static unsafe int Create(ComPointer factory, nint outer, string interfaceId, nint* made)
    {
        var id = new Guid(interfaceId);
        return ((delegate* unmanaged[MemberFunction]<nint, nint, Guid*, nint*, int>)factory.Slot(3))(factory.Value, outer, &id, made);
    }

    private static ComPointer Items(ChosenItems chosen)
    {
        Marshal.ThrowExceptionForHR(ComObjects.Query(chosen, new Guid(ItemArrayId), out var pointer));
        return new ComPointer(pointer);
    }

    private ComPointer Factory()
    {
        var entry = new MenuEntry(ClassId, "Send with AltSendme", "Puts a ticket on the clipboard", @"C:\altsendme-explorer.exe,0", NeedsSelection: true, selection => _ran.Writer.WriteAsync(selection).AsTask());
        Marshal.ThrowExceptionForHR(ComObjects.Query(new ClassFactory(() => new MenuCommand(entry, _lifetime), _lifetime), new Guid(ClassFactoryId), out var pointer));
        return new ComPointer(pointer);
    }

    private unsafe ComPointer Make()
    {
        using var factory = Factory();
        nint made = 0;
        Assert.Equal(0, Create(factory, 0, UnknownId, &made));
        return new ComPointer(made);
    }
}
